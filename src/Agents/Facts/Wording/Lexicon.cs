using System.Text.RegularExpressions;

namespace Orkestron.Agents.Facts.Wording;

/// <summary>Words that change what a statement says. Where one stands, fewer rules hold.</summary>
internal static partial class Lexicon
{
    /// <summary>All or none, only, first: the reach of a statement.</summary>
    public static readonly HashSet<string> Reach = Set(
        "all every each any some most many few several both half only solely exclusively first last never always ever none nobody "
        + "nothing everyone everybody usually often sometimes rarely seldom once mostly partly entirely largest smallest best worst");

    public static readonly HashSet<string> Denial = Set("not no never none nobody nothing neither nor without hardly barely scarcely");

    /// <summary>It may be, should be, is planned or permitted.</summary>
    public static readonly HashSet<string> Mode = Set(
        "may might could would should must can shall will need needs needed require requires required allow allows allowed permit "
        + "permits permitted likely unlikely possibly perhaps maybe probably potentially expected planned intended supposed hopes hope "
        + "hoped wants want wanted plans tries tried attempts attempted aims aim considers considering proposed if unless whether when "
        + "until till because since although though while");

    /// <summary>Somebody says, thinks or denies it.</summary>
    public static readonly HashSet<string> Said = Set(
        "said says say saying claims claimed claim according believes believed thinks thought alleges alleged allegedly reportedly "
        + "reports reported denies denied deny doubts doubted argues argued suggests suggested warns warned states stated insists "
        + "insisted rumoured rumored hypothesis assumes assumed predicts predicted forecast estimates estimated");

    /// <summary>Whether a quantity follows the verb as a fact of its own: "has 3", "recalled 312".</summary>
    public static bool IsMeasure(string verb) =>
        Measures.Contains(verb) || (verb.Length > 4 && verb.EndsWith("ed", StringComparison.Ordinal) && !Opaque.Contains(verb));

    // Here the number is a bound, an average or a wish.
    private static readonly HashSet<string> Opaque = Set(
        "exceeded topped passed surpassed reached neared approached averaged promised requested demanded ordered targeted offered asked "
        + "limited capped threatened refused guaranteed aimed pledged sought predicted projected budgeted agreed numbered ranked turned aged dated");

    private static readonly HashSet<string> Measures = Set(
        "is are was were has have had cost costs weigh weighs weighed measure measures measured employ employs employed attracted drew "
        + "received made raised spent earned paid lost gained won built hired dismissed counted scored took lasted covers covered "
        + "contains contained holds held seats sold produced planted serves served visited owns owned moves moved killed injured "
        + "carries carried recorded reported sent approved rejected bought delivered shipped covers spans");

    /// <summary>After a number these say that it is not the number of a thing.</summary>
    public static readonly HashSet<string> NoThing = Set(
        "of in on at to by for and or per a an the is are was were has had have which who that from with as than into through until");

    /// <summary>A subject that is one known thing, or all of them.</summary>
    public static readonly HashSet<string> Definite = Set("the this these those its our my his her their your");

    private static HashSet<string> Set(string words) => new(words.Split(' '), StringComparer.Ordinal);

    /// <summary>
    /// A passage that calls what stands near it untrue, made up, reported or past, in English or German.
    /// </summary>
    [GeneratedRegex(
        @"\b(?:false(?:ly|hoods?)?|untrue|not\s+(?:true|so|correct|the\s+case)|isn['\u2019]t\s+true|wrong(?:ly)?|incorrect(?:ly)?|myths?|hoax(?:es)?|rumou?rs?|jok(?:e|es|ing)"
        + @"|kidding|lie[sd]?|lying|fakes?d?|fiction(?:al)?|fictitious|imaginary|novels?|retract\w*|debunk\w*|disprov\w*|refut\w*|mistak\w*|misleading"
        + @"|misinformation|disinformation|inaccura\w*|erroneous\w*|errors?|alleg\w+|supposedly|suppos(?:e|ing)|imagin(?:e|ing)|assum(?:e|ing|ption)|pretend\w*"
        + @"|hypothe\w*|satir\w*|iron(?:y|ic|ically)|sarcas\w*|den(?:y|ies|ied)|claim(?:s|ed)?|conspiracy|propaganda|opposite|contrary"
        + @"|no\s+longer|formerly|used\s+to|outdated|obsolete|superseded|correct(?:ed|ion)|in\s+theory|or\s+so|nonsense|invented|made\s+up|proposals?|drafts?"
        + @"|scenarios?|what\s+if|dream\w*|the\s+following|statements?|true\s+or\s+false|quiz"
        + @"|misconceptions?|misbeliefs?|fallac(?:y|ies)|superstitions?|legends?|fairy\s+tales?|folklore|bogus|slogans?|advertisements?|headlines?|as\s+follows"
        + @"|differently|otherwise|disagree[sd]?|wishful|fact\s*-?\s*check(?:s|ed|ing)?|april\s+fools?|psych|hearsay|gossip|so-called|opinions?|beliefs?|theor(?:y|ies)|guess(?:es)?|poems?|lyrics|simulations?|parod(?:y|ies)|thought\s+experiment"
        + @"|falsch\w*|unwahr\w*|angeblich\w*|behaupt\w*|ger\u00FCcht\w*|mythos|mythen|gelogen"
        + @"|l\u00FCge\w*|irrtum|stimmt\s+nicht|widerrufen|erfunden\w*)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    public static partial Regex Doubtful();

    /// <summary>A passage after which others speak, or something is only supposed.</summary>
    [GeneratedRegex(
        @"\b(?:said|says?|saying|wr(?:ote|ites?|itten)|posted|tweeted|t(?:old|ells?|aught)|according|believe[sd]?|thinks?|thought|doubt(?:s|ed)?|argue[sd]?|suggest(?:s|ed)?"
        + @"|insist(?:s|ed)?|warn(?:s|ed)?|predict(?:s|ed)?|hope[sd]?|fear(?:s|ed)?|assume[sd]?|expect(?:s|ed)?|if|unless|suppose[sd]?|examples?|options?|wish(?:es|ed)?|asked|sagt(?:e|en)?|schrieb(?:en)?|laut|glaub(?:t|en|te))\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    public static partial Regex Reports();

    /// <summary>A heading over what is no statement of its source: choices, examples, ideas.</summary>
    [GeneratedRegex(@"\b(?:options?|choices?|answers?|examples?|ideas?|questions?|scenarios?|exercises?|wishes|hopes|fears|plans|goals|visions?|tasks?)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    public static partial Regex Choices();

    /// <summary>A passage that takes back what stands before it.</summary>
    [GeneratedRegex(
        @"^\W*(?:no|not|nope|never|hardly|wrong|except|unless|only|nein|nur|or\s+so|at\s+least|so\s+(?:says|said|claims|claimed|thinks)|(?:this|that|which|it)\s+(?:was|is)\s+(?:what|how|the\s+(?:view|opinion|plan|idea|hope|theory|official))|sure|right|yeah|whatever|as\s+if|haha|lol"
        + @"|(?:this|that|it)\s+(?:has\s+)?changed)\b"
        + @"|^\W*(?:he|she|it|they|this|that|we|i|you|there)\s+(?:did|does|do|was|were|is|are|has|have|had|will|would|can|could)(?:\s+not|n['\u2019]t)\W*$"
        + @"|\b(?:later\s+(?:said|admitted|found|turned|revised|changed|learned|learnt|stated)|turned\s+out|in\s+reality|no\s+evidence|was\s+revised|were\s+revised)\b"
        + @"|^\W*(?:\w+\W+){0,2}\w+\s*!\W*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    public static partial Regex TakesBack();
}
