using Orkestron.Agents.Common;

namespace Orkestron.Agents.Tests.Common;

/// <summary>Where sentences end. In each row a broken bar stands where the text is cut.</summary>
public sealed class SentenceSplitterTests
{
    [Theory]
    [InlineData(" ", "a\n")]
    [InlineData("", "e.g. ")]
    [InlineData("\n ", "1. a\n")]
    [InlineData("", ". ")]
    public void Text_OfManyMarks_IsCutInTime(string lead, string part)
    {
        var text = string.Concat(Enumerable.Repeat(lead, 50_000)) + string.Concat(Enumerable.Repeat(part, 20_000));
        var watch = System.Diagnostics.Stopwatch.StartNew();
        SentenceSplitter.Split(text);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Theory]
    // Lists
    [InlineData("Steps:\n¦1. Open the valve\n¦2. Close it")]
    [InlineData("Steps:\r\n¦1) Open the valve.\r\n¦2) Close it.")]
    [InlineData("1. Open\n¦2. Close")]
    [InlineData("Todo\n¦- Open\n¦- Close")]
    [InlineData("# Title\n¦Text goes on. ¦And ends.")]
    [InlineData("It cost them\n12. ¦Then they left.")]
    // Words that are abbreviations elsewhere, and abbreviations
    [InlineData("He said no. ¦Then he left.")]
    [InlineData("See No. 5 and Fig. 3 of Vol. 2. ¦It is art. ¦People like it.")]
    [InlineData("Dr. Weber met Mr. Smith vs. St. Gallen e.g. today. ¦They talked.")]
    [InlineData("He works at Apple Inc. ¦She works at Foo Ltd. in Graz, Bar Co. and so on, etc. ¦The end.")]
    [InlineData("J. R. R. Tolkien wrote it in the U.S. ¦He was tired.")]
    [InlineData("The U.S. Senate met at 5 p.m. on Monday.")]
    [InlineData("We met on Jan. 5 and on 3 Sept. 2026. ¦It rained.")]
    [InlineData("Nobody believes... the drug is safe. ¦Or so.")]
    [InlineData("the sun rose. ¦the harbour woke.")]
    // German
    [InlineData("Am 3. Oktober war es so weit. ¦Im 19. Jahrhundert nicht. ¦Es waren 3. ¦Dann ging er.")]
    [InlineData("Das gilt z.B. f\u00FCr die 2. Bundesliga bzw. die 1. Klasse, d.h. alle. ¦Am 3. 10. 2026 ist frei.")]
    // Other scripts
    [InlineData("\u0647\u0644\u061F ¦\u0645\u062A\u0649\u061F")]
    [InlineData("\u8FD9\u662F\u4E00\u3002¦\u8FD9\u662F\u4E8C\uFF01¦\u300C\u4E09\u3002\u300D¦\u56DB\uFF1F")]
    [InlineData("\u092F\u0939 \u090F\u0915\u0964 ¦\u092F\u0939 \u0926\u094B\u0964")]
    // Marks
    [InlineData("\u201CIs it safe?\u201D ¦(It is.) ¦Version 3.5 costs 2.50 at a.example.org/x?y=1. ¦Really?! ¦Yes.")]
    [InlineData("First paragraph without an end\n\n¦Second one")]
    public void Text_IsCutWhereSentencesEnd(string cut)
    {
        var text = cut.Replace("¦", "", StringComparison.Ordinal);
        var found = SentenceSplitter.Split(text);
        Assert.Equal(cut.Split('¦', StringSplitOptions.TrimEntries), found.Select(static sentence => sentence.Text));
        Assert.All(found, sentence => Assert.Equal(sentence.Text, text.Substring(sentence.Offset, sentence.Text.Length)));
    }
}
