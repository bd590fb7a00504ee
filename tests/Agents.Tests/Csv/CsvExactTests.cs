using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using Orkestron.Agents.Tests.Common;

namespace Orkestron.Agents.Tests.Csv;

/// <summary>Columns made at random: whatever type is found, what comes out is what went in.</summary>
public sealed class CsvExactTests(AgentsFixture agents)
{
    private const int Columns = 100;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Columns_AtRandom_ComeBackWithTheirValues(int seed)
    {
        var random = new Random(seed);
        var columns = Enumerable.Range(0, Columns).Select(i => Column(random, i)).ToList();
        var csv = new StringBuilder(string.Join(',', Enumerable.Range(0, Columns).Select(static i => $"c{i}"))).Append('\n');
        for (var row = 0; row < 3; row++)
        {
            csv.AppendJoin(',', columns.Select(column => column[row])).Append('\n');
        }

        var answer = await agents.RunAsync(
            "csv-analyst", new { csv = csv.ToString(), mode = "query", sql = "FROM data", delimiter = "comma", header = true });

        Assert.Equal(3, answer.GetProperty("dataRows").GetInt32());
        var types = answer.GetProperty("columns").EnumerateArray().Select(c => c.GetProperty("type").GetString()).ToList();
        for (var i = 0; i < Columns; i++)
        {
            for (var row = 0; row < 3; row++)
            {
                var said = answer.GetProperty("rows")[row][i];
                Assert.True(Same(columns[i][row], said.ToString(), types[i]!), $"seed {seed}, {types[i]}: {columns[i][row]} became {said}");
            }
        }

        Assert.True(types.Distinct().Count() >= 7, string.Join(' ', types.Distinct()));
    }

    private static string[] Column(Random random, int kind) => [.. Enumerable.Range(0, 3).Select(_ => Padded(random, (kind % 10) switch
    {
        0 => Digits(random, 1, 19, sign: true),
        1 => Digits(random, 15, 42, sign: true),
        2 => Digits(random, 1, 12, sign: true) + "." + Tail(random, 0, 6),
        3 => Digits(random, 1, 25, sign: true) + "." + Tail(random, 0, 20),
        4 => Digits(random, 1, 3, sign: true) + "e" + random.Next(-420, 420).ToString(CultureInfo.InvariantCulture),
        5 => Day(random),
        6 => Day(random) + Time(random),
        7 => Day(random) + Time(random) + Offset(random),
        8 => "." + Tail(random, 1, 18),
        _ => random.Next(2) == 0 ? "true" : "FALSE",
    }))];

    private static string Padded(Random random, string value) => random.Next(8) switch { 0 => " " + value, 1 => value + " ", _ => value };

    private static string Digits(Random random, int least, int most, bool sign)
    {
        var digits = Tail(random, least, most).TrimStart('0');
        return (sign && random.Next(3) == 0 ? "-" : "") + (digits.Length == 0 ? "0" : digits);
    }

    private static string Tail(Random random, int least, int most) =>
        string.Concat(Enumerable.Range(0, random.Next(least, most + 1)).Select(_ => random.Next(10)));

    private static string Day(Random random) =>
        new DateOnly(random.Next(1, 10_000), 1, 1).AddDays(random.Next(365)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Time(Random random)
    {
        var time = string.Create(CultureInfo.InvariantCulture, $"{" T"[random.Next(2)]}{random.Next(24):00}:{random.Next(60):00}");
        return random.Next(4) == 0 ? time
            : time + string.Create(CultureInfo.InvariantCulture, $":{random.Next(60):00}")
                + (random.Next(2) == 0 ? "" : "." + random.Next(1, 10) + Tail(random, 0, random.Next(4) == 0 ? 8 : 5));
    }

    private static string Offset(Random random) => random.Next(4) switch
    {
        0 => "Z",
        1 => string.Create(CultureInfo.InvariantCulture, $"+{random.Next(15):00}"),
        2 => string.Create(CultureInfo.InvariantCulture, $"-{random.Next(15):00}30"),
        _ => string.Create(CultureInfo.InvariantCulture, $"+{random.Next(15):00}:45"),
    };

    private static bool Same(string written, string said, string type) => type switch
    {
        "varchar" => said == written,
        "boolean" => said.Equals(written.Trim(), StringComparison.OrdinalIgnoreCase),
        "date" => said == written.Trim(),
        "timestamp" or "timestampns" => Moment(said) == Moment(written.Trim()),
        "timestamptz" => Instant(said) == Instant(written.Trim()),
        _ => Number(said) == Number(written.Trim()) && said.StartsWith('-') == written.Trim().StartsWith('-'),
    };

    // Digits without zeros at their ends, and the power of ten: the number, exactly.
    private static (BigInteger Digits, int Power) Number(string text)
    {
        var e = text.IndexOfAny(['e', 'E']);
        var power = e < 0 ? 0 : int.Parse(text[(e + 1)..], CultureInfo.InvariantCulture);
        var mantissa = e < 0 ? text : text[..e];
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        power -= point < 0 ? 0 : mantissa.Length - point - 1;
        var digits = BigInteger.Parse(mantissa.Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        while (!digits.IsZero && digits % 10 == 0)
        {
            (digits, power) = (digits / 10, power + 1);
        }

        return digits.IsZero ? (0, 0) : (digits, power);
    }

    private static (string Second, string Fraction) Moment(string text)
    {
        var whole = text.Length == 10 ? text + "T00:00" : text.Replace(' ', 'T');
        whole = whole.Length == 16 ? whole + ":00" : whole;
        var point = whole.IndexOf('.', StringComparison.Ordinal);
        return point < 0 ? (whole, "") : (whole[..point], whole[(point + 1)..].TrimEnd('0'));
    }

    private static string Instant(string text)
    {
        var at = text.AsSpan(16).IndexOfAny("Z+-") + 16;
        var offset = text[at..].Replace(":", "", StringComparison.Ordinal).TrimStart('Z');
        var minutes = offset.Length == 0 ? 0
            : (int.Parse(offset[1..3], CultureInfo.InvariantCulture) * 60 + (offset.Length > 3 ? int.Parse(
                offset[3..], CultureInfo.InvariantCulture) : 0))
                * (offset[0] == '-' ? -1 : 1);
        var (second, fraction) = Moment(text[..at]);
        var ticks = DateTime.ParseExact(
            second, "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture).Ticks - (minutes * TimeSpan.TicksPerMinute);
        return $"{ticks}.{fraction}";
    }
}
