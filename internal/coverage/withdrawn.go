package coverage

import (
	"slices"
	"strings"

	"samur/internal/news"
	"samur/internal/reading"
)

// withdrawals are the words by which publishers take a report back as a whole, folded and
// plain. Each names the report: troops, notes of protest and articles of a law are withdrawn
// as well.
var withdrawals = map[news.Lang][]string{
	news.En: {
		"this report has been withdrawn", "this report has been retracted", "this report was withdrawn", "this report was retracted", "withdraws this report",
		"this story has been withdrawn", "this story has been retracted", "this story was withdrawn", "this story was retracted", "this story is withdrawn",
		"this article has been withdrawn", "this article has been retracted", "this article was withdrawn", "this article was retracted",
		"we have withdrawn this", "we have retracted this", "retracts this",
	},
	news.Ru: {
		"сообщение отозвано", "сообщение аннулировано", "сообщение аннулируется", "сообщение снято", "просим аннулировать", "просим считать недействительн",
		"новость отозвана", "новость снята", "новость удалена", "материал отозван", "материал снят", "материал удален",
		"публикация отозвана", "публикация снята", "публикация удалена", "снято с публикации", "снята с публикации",
	},
	news.Az: {
		"xeber geri goturulub", "xeber geri goturulmusdur", "xeber geri cekilib", "xeber legv edilib", "xeber legv olunub", "xeber silinib", "xeber yayimdan cixarilib",
		"material geri goturulub", "material geri cekilib", "material legv edilib", "material silinib", "melumat geri goturulub", "melumat legv edilib",
	},
}

// withdrawnTitles stand before a title that is otherwise the one of before.
var withdrawnTitles = []string{"retracted", "retraction", "withdrawn", "отозвано", "аннулировано", "снято", "geri goturulub", "legv edilib"}

// withdrawn returns the words by which the publisher takes a report back in the sentences
// that its new wording has come to, "" when it does not.
func withdrawn(before *reading.Reading, come []*reading.Sentence) string {
	had := ""
	for _, s := range before.Sentences {
		if s.Field == news.FieldTitle {
			had += s.Folded()
		}
	}
	for _, s := range come {
		folded := s.Folded()
		if slices.ContainsFunc(withdrawals[s.Item.Lang], func(w string) bool { return strings.Contains(folded, " "+w) }) {
			return s.Text
		}
		marked := slices.ContainsFunc(withdrawnTitles, func(w string) bool { return strings.HasPrefix(folded, " "+w+" ") })
		if marked && s.Field == news.FieldTitle && had != "" && strings.HasSuffix(folded, had) {
			return s.Text
		}
	}
	return ""
}
