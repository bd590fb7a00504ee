using System.Text.Json;
using CsCheck;
using Orkestron.Agents.Tests.Common;

namespace Orkestron.Agents.Tests.TextDiff;

public sealed class TextDiffAgentTests(AgentsFixture agents)
{
    [Fact]
    public async Task Diff_OfAChangedLine_ReadsAsDiffWritesIt()
    {
        var answer = await CompareAsync(new { before = "a\nb\nc\nd\ne\n", after = "a\nb\nx\nd\ne\nf\n", context = 1 });
        Assert.Equal("--- before\n+++ after\n@@ -2,4 +2,5 @@\n b\n-c\n+x\n d\n e\n+f\n", answer.GetProperty("diff").GetString());
        Assert.Equal((2, 1, 4), Counts(answer));
        Assert.False(answer.GetProperty("same").GetBoolean());
    }

    [Theory]
    [InlineData("a\nb", "a\nb\n", "@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+b\n")]
    [InlineData("a\n", "z\na\n", "@@ -1,1 +1,2 @@\n+z\n a\n")]
    [InlineData("a\nb\n", "b\n", "@@ -1,2 +1,1 @@\n-a\n b\n")]
    [InlineData("a\n", "b\n", "@@ -1,1 +1,1 @@\n-a\n+b\n")]
    public async Task Diff_AtTheEdges_NamesTheRightLines(string before, string after, string hunk)
    {
        var answer = await CompareAsync(new { before, after });
        Assert.Equal("--- before\n+++ after\n" + hunk, answer.GetProperty("diff").GetString());
    }

    [Theory]
    [InlineData("a\r\nb\r\n", "a\nb\n", "compare", false)]
    [InlineData("a\rb\r", "a\nb\n", "compare", false)]
    [InlineData("a  \nb", "a\nb\t\n", "ignore-trailing", false)]
    [InlineData("port = 1", "port=1", "ignore-all", false)]
    [InlineData("Ärger\n", "ärger\n", "compare", true)]
    public async Task Texts_ThatDifferInWhatIsIgnored_AreTheSame(string before, string after, string whiteSpace, bool ignoreCase)
    {
        var answer = await CompareAsync(new { before, after, whiteSpace, ignoreCase });
        Assert.True(answer.GetProperty("same").GetBoolean());
        Assert.Equal("", answer.GetProperty("diff").GetString());
        Assert.Equal(1, answer.GetProperty("similarity").GetDouble());
    }

    [Fact]
    public async Task Diff_OfAnyTwoTexts_MakesTheOneOfTheOther()
    {
        var text = Gen.Select(
            Gen.Char["abc"].Array[0, 40], Gen.Bool, static (lines, ended) => string.Join('\n', lines) + (ended ? "\n" : ""))
            .Where(static text => text.Trim().Length > 0);
        var cases = new List<(string Before, string After, int Context)>();
        Gen.Select(text, text, Gen.Int[0, 5]).Sample(cases.Add, iter: 150, threads: 1);
        foreach (var (before, after, context) in cases)
        {
            var answer = await CompareAsync(new { before, after, context });
            Assert.Equal(after, Apply(before, answer.GetProperty("diff").GetString()!));
        }
    }

    [Fact]
    public async Task Diff_OfTextsThatDifferInThousandsOfLines_StillFindsWhatStayed()
    {
        // One line of three is new: too many edits to find the fewest, so the lines that occur once are followed.
        var before = string.Concat(Enumerable.Range(0, 9_000).Select(static i => $"line {i}\n"));
        var after = string.Concat(Enumerable.Range(0, 9_000).Select(static i => i % 3 == 0 ? $"new {i}\n" : $"line {i}\n"));
        var answer = await CompareAsync(new { before, after });
        Assert.Equal((3_000, 3_000, 6_000), Counts(answer));
        Assert.Equal(after, Apply(before, answer.GetProperty("diff").GetString()!));
    }

    [Fact]
    public async Task Diff_OfTextsMadeToBeSlow_IsBounded()
    {
        var random = new Random(7);
        string Noise() => string.Concat(Enumerable.Range(0, 19_000).Select(_ => random.Next(2) == 0 ? "a\n" : "b\n"));
        var (before, after) = (Noise(), Noise());
        var answer = await CompareAsync(new { before, after, context = 0 });
        Assert.Equal(after, Apply(before, answer.GetProperty("diff").GetString()!));
    }

    [Fact]
    public async Task Diff_LongerThanAllowed_EndsBetweenHunksAndSaysSo()
    {
        var before = string.Concat(Enumerable.Range(0, 19_000).Select(static i => i % 2 == 0 ? "aaaaaaaaaaaaa\n" : $"{i}\n"));
        var answer = await CompareAsync(new { before, after = before.Replace('a', 'b'), context = 0 });
        Assert.True(answer.GetProperty("truncated").GetBoolean());
        Assert.EndsWith("\n-aaaaaaaaaaaaa\n+bbbbbbbbbbbbb\n", answer.GetProperty("diff").GetString(), StringComparison.Ordinal);
        Assert.Equal((9_500, 9_500, 9_500), Counts(answer));
    }

    [Theory]
    [InlineData("before", 20_001, "input_too_large")]
    [InlineData("after", 20_001, "input_too_large")]
    [InlineData("after", 0, "empty_input")]
    public async Task Text_OfTooManyLinesOrNone_IsRefused(string field, int lines, string code)
    {
        var text = string.Concat(Enumerable.Repeat("x\n", lines));
        var refusal = await agents.RefusesAsync(
            "text-diff", field == "before" ? new { before = text, after = "a" } : new { before = "a", after = text });
        Assert.Equal(code, refusal.Code);
        Assert.Contains($"`{field}`", refusal.Message, StringComparison.Ordinal);
    }

    private Task<JsonElement> CompareAsync(object input) => agents.RunAsync("text-diff", input);

    private static (int Added, int Removed, int Unchanged) Counts(JsonElement answer) =>
        (answer.GetProperty("added").GetInt32(), answer.GetProperty("removed").GetInt32(), answer.GetProperty("unchanged").GetInt32());

    // As patch(1) does it, without leniency.
    private static string Apply(string before, string diff)
    {
        var source = Lines(before);
        var lines = Lines(diff).Skip(2).ToArray();
        var (result, at) = (new List<string>(), 0);
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].StartsWith("@@", StringComparison.Ordinal))
            {
                var range = lines[i].Split(' ')[1][1..].Split(',');
                var from = int.Parse(range[0], null) - (range[1] == "0" ? 0 : 1);
                result.AddRange(source[at..from]);
                at = from;
                continue;
            }

            var unended = i + 1 < lines.Length && lines[i + 1][0] == '\\';
            var line = unended ? lines[i][1..^1] : lines[i][1..];
            if (lines[i][0] is ' ' or '-')
            {
                Assert.Equal(source[at++], line);
            }

            if (lines[i][0] is ' ' or '+')
            {
                result.Add(line);
            }

            i += unended ? 1 : 0;
        }

        return string.Concat([.. result, .. source[at..]]);
    }

    private static string[] Lines(string text)
    {
        var lines = text.Split('\n');
        return [.. lines[..^1].Select(static line => line + "\n"), .. lines[^1].Length > 0 ? [lines[^1]] : Array.Empty<string>()];
    }
}
