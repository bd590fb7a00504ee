using Orkestron.Agents.Common;

namespace Orkestron.Agents.Tests.Common;

/// <summary>Where a text is cut.</summary>
public sealed class TextCutTests
{
    [Theory]
    [InlineData("", 5, "")]
    [InlineData("short", 5, "short")]
    [InlineData("longer", 5, "longe")]
    [InlineData("abc\U0001F600", 5, "abc\U0001F600")]
    [InlineData("abcd\U0001F600", 5, "abcd")]
    [InlineData("\U0001F600", 1, "")]
    [InlineData("\U0001F600\U0001F600\U0001F600", 5, "\U0001F600\U0001F600")]
    public void Head_OfAText_PartsNoCharacter(string text, int most, string expected) =>
        Assert.Equal(expected, TextCut.Head(text, most));
}
