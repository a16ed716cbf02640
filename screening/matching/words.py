"""Words that say little about who somebody is, and names that stand for one another. English, and what lists use."""

# Dropped from a name wherever other words remain.
_TITLES = """
mr mrs ms miss mx dr prof professor hon eng haji hajji hajj hadji mullah mulla mawlawi maulavi maulvi mawlana maulana
sheikh shaykh sheik shaikh sayyid sayed hojjatoleslam ayatollah alhaj alhajj alhaji
"""
# Dropped at the beginning alone: elsewhere they are words of companies and surnames.
_LEADING_TITLES = """
sir dame lord lady madam general gen colonel col major maj captain capt lieutenant lt brigadier admiral sergeant
senator president minister ambassador judge justice prince princess king excellency his her
"""
# Legal forms that are no names of people: dropped wherever they stand.
_LEGAL_FORMS = """
ltd limited llc llp inc incorporated corp corporation company gmbh kgaa sarl srl sas bvba plc pjsc jsc ojsc cjsc ooo
oao zao pao tov aoo pte pty sdn bhd fze fzco fzc fzllc wll saoc saog saog sal sae saic sicav oyj aps ltda eirl spzoo
kft doo dooel eood ood jlt dmcc pvt private
"""
# Legal forms that are words of names too: dropped only at the end, after two other words.
_LAST_FORMS = """
co sa ag kg ab as ao oy bv nv cv spa rl de est kk ks se sc ad ptp pt dd ev
"""
# Gained and lost without meaning: they weigh next to nothing.
_PARTICLES = """
al el ul ur an ar as at ad az ash adh bin ben ibn bint binti binte abu abou um umm von van vom zu der den de da do dos
das del della di du la le las los lo the of and for und et van ter ten zum ul bani ould oglu kizi qizi uulu
"""
# Words of organisations that thousands bear.
_GENERIC = """
trading general group international shipping import export bank industries industrial services service development
investment investments holding holdings enterprise enterprises establishment foundation organization organisation
association national petroleum oil gas energy construction engineering technology technologies exchange money
transport logistics marine maritime airlines aviation airways insurance factory center centre institute university
ministry
"""
# Given names of one person: short forms and other languages. A comma ends a group.
_ALIKE = """
alexander aleksandr alexandr alexandre alejandro alessandro oleksandr aliaksandr iskandar sasha sacha alex alec
sandro, michael mikhail mihail michel miguel michele mykhailo mikhael misha mike mick mihai, robert roberto bob bobby
rob robbie, william guillermo wilhelm guillaume bill billy will willy liam, richard ricardo riccardo dick rick ricky,
james jaime jim jimmy jamie, john jon johann juan jean giovanni ivan yahya johannes jan ian hans jack johnny ioann
ivane, joseph jose josef giuseppe yusuf youssef yousef iosif joe joey josip yosef, george jorge georg giorgio georgy
georgi yuri yury yuriy georgiy heorhii jerzy, peter pedro pierre pietro pyotr petr petro piotr boutros pete, paul
pablo paolo pavel pavlo pauls, charles carlos karl carlo charlie chuck karel, edward eduardo eduard edoardo ed eddie
ted ned, elizabeth elisabeth isabel yelizaveta elizaveta liz beth betty lisa, catherine katherine ekaterina yekaterina
catalina katarina caterina kate kathy katya katie cathy, margaret margarita maggie peggy meg marguerite, mary maria
marie mariya mariam maryam miriam marya, anthony antonio anton antoine tony toni, thomas tomas tommaso tom tommy toma,
daniel danil daniil danilo dan danny, david davide dawud daoud dave davit davyd, stephen steven stefan esteban stefano
stepan steve etienne istvan, nicholas nikolai nikolay nicolas nicola mykola nick nicky kolya, vladimir volodymyr
vladimer vova uladzimir volodimir, sergey sergei sergio serge sergiy serhii siarhei serhiy seryozha, dmitry dmitri
dmitriy dmytro dimitri dima dzmitry, andrew andrei andrey andres andrea andriy andrii andy drew andre andreas andrzej,
eugene yevgeny evgeny evgeniy yevgeniy eugenio yevhen gene yauheni, gregory grigory grigori gregorio hryhorii greg,
basil vasily vasiliy vasili vasyl basilio vasil, matthew matteo mateo matvey matthias matt mattias, philip felipe
philippe filipp filippo phil felipe, francis francisco francesco francois frank franz pancho, henry enrique heinrich
enrico henri harry hank, louis luis luigi ludwig lewis lou lluis, lawrence lorenzo laurent larry lars, theodore fyodor
fedor teodoro fiodor ted, constantine konstantin constantin kostya kostiantyn, helen elena yelena olena helena alyona
ellen, anne anna ana ann hanna annie, natalia natalya nataliya natasha natalie, patrick patricio pat paddy, samuel sam
sammy, benjamin ben benny binyamin, ronald ron ronnie, donald don donnie, kenneth ken kenny, timothy timofey tim, leo
lev leon leonid lion, simon shimon simeon semyon semen
"""
TITLES = frozenset(_TITLES.split())
LEADING_TITLES = frozenset(_LEADING_TITLES.split())
LEGAL_FORMS = frozenset(_LEGAL_FORMS.split())
LAST_FORMS = frozenset(_LAST_FORMS.split())
PARTICLES = frozenset(_PARTICLES.split())
GENERIC = frozenset(_GENERIC.split())
SAME_NAME: dict[str, frozenset[int]] = {}
for _number, _group in enumerate(_ALIKE.split(",")):
    for _word in _group.split():
        SAME_NAME[_word] = SAME_NAME.get(_word, frozenset()) | {_number}


def stand_for_one_name(one: str, other: str) -> bool:
    """True for a short form or another language's form of the same given name: Bob and Robert, Yuri and George."""
    return bool(SAME_NAME.get(one, frozenset()) & SAME_NAME.get(other, frozenset()))
