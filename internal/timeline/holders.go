package timeline

import "time"

// tenure says who holds an office from a day on.
type tenure struct {
	office, person string
	since          string // 2006-01-02
}

// tenures are the offices that reports name without their holder, oldest tenure first.
// Deputies are not among them: there are several.
var tenures = []tenure{
	{"office/president-of-russia", "person/dmitry-medvedev", "2008-05-07"},
	{"office/president-of-russia", "person/vladimir-putin", "2012-05-07"},
	{"office/president-of-azerbaijan", "person/ilham-aliyev", "2003-10-31"},
	{"office/prime-minister-of-russia", "person/dmitry-medvedev", "2012-05-08"},
	{"office/prime-minister-of-russia", "person/mikhail-mishustin", "2020-01-16"},
	{"office/prime-minister-of-azerbaijan", "person/artur-rasizade", "2003-11-04"},
	{"office/prime-minister-of-azerbaijan", "person/novruz-mammadov", "2018-04-21"},
	{"office/prime-minister-of-azerbaijan", "person/ali-asadov", "2019-10-08"},
	{"office/russian-foreign-minister", "person/sergei-lavrov", "2004-03-09"},
	{"office/azerbaijani-foreign-minister", "person/elmar-mammadyarov", "2004-04-02"},
	{"office/azerbaijani-foreign-minister", "person/jeyhun-bayramov", "2020-07-16"},
}

// holder returns who held an office at a time, or id itself when it is none of those.
func holder(id string, at time.Time) string {
	day := at.UTC().Format(time.DateOnly)
	for i := len(tenures) - 1; i >= 0; i-- {
		if t := tenures[i]; t.office == id && t.since <= day {
			return t.person
		}
	}
	return id
}
