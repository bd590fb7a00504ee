namespace Orkestron.Agents.Keywords;

/// <summary>Words that carry no topic, English and German.</summary>
internal static class StopWords
{
    private const string English =
        "a about above after again against all also although am an and any are aren't as at be because been before being "
        + "below between both but by can cannot could did do does doing don't down during each either else even ever every few "
        + "for from further get gets got had has have having he her here hers him his how however i if in into is isn't it its "
        + "it's itself just least less let like made make many may me might more most much must my myself neither no nor not "
        + "now of off often on once one only or other others our ours out over own per rather same shall she should since so "
        + "some still such than that that's the their theirs them then there these they this those though through thus to too today tomorrow "
        + "toward under until up upon us use used using very via was we well were what when where whether which while who whom "
        + "whose why will with within without would yesterday yet you your yours";

    private const string German =
        "aber alle als am an auch auf aus bei beim bis da damit dann das dass dein dem den der des dich die dies diese dieser "
        + "dieses dir doch dort du durch ein eine einem einen einer eines er es etwas euch euer ferner für gegen gibt hab habe "
        + "haben hat hatte hier ihm ihn ihnen ihr ihre im in ist ja jede jeder jedes jedoch kann kein keine können man mehr mein "
        + "mit muss nach nicht noch nun nur ob oder ohne sehr sei sein seine sich sie sind so solche soll sondern über um und "
        + "uns unser unter vom von vor war waren was weil wenn wer werden wie wieder will wir wird wurde wurden zu zum zur";

    private static readonly HashSet<string> Words =
        new((English + " " + German).Split(' '), StringComparer.OrdinalIgnoreCase);

    public static bool Contains(string word) => Words.Contains(word);
}
