wine: en 0.45, ru 0.45, az 0.45
0.669 concept  term/bridge (lexicon, 0.051 taken) +one.md:11 "bridge" -one.md:14
0.550 word en bridge (topic, carried by term/bridge)
0.550 word en vineyard (topic)
0.550 word en wine (topic)
0.550 word ru вино (topic)
0.307 stem en grape (passages) +one.md:8 "grapes"
0.307 stem en press (passages) +one.md:8 "press"
0.307 stem en them (passages) +one.md:8 "them"
0.182 stem en cellar (passages) +one.md:11 "cellars"
0.150 stem en wait (passages) +one.md:11 "wait"
