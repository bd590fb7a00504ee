using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Csv;

/// <summary>A CSV text as names and rows of text.</summary>
/// <param name="Names">Unique, never empty.</param>
/// <param name="Rows">Each as long as <paramref name="Names"/>.</param>
internal sealed record CsvTable(IReadOnlyList<string> Names, IReadOnlyList<string[]> Rows)
{
    /// <summary>The most columns a CSV text may have.</summary>
    public const int MaxColumns = 200;

    /// <summary>Reads strictly: a row of another width or a broken quote is refused with its line.</summary>
    /// <exception cref="AgentRefusedException">Code <c>malformed_csv</c>; the message names the line.</exception>
    public static CsvTable Read(string csv, bool header, CsvDelimiter delimiter, CancellationToken cancellationToken)
    {
        using var reader = new StringReader(csv);
        using var parser = new CsvParser(reader, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = Separator(csv, delimiter),
            BadDataFound = e => throw Malformed(e.Context.Parser!.RawRow, "a quote is where none may be; double it or quote the whole field"),
            MaxFieldSize = 100_000,
            IgnoreBlankLines = true,
        });
        var rows = new List<string[]>();
        string[]? first = null;
        while (Next(parser))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var record = parser.Record!;
            if (first is null)
            {
                first = record;
                if (record.Length > MaxColumns)
                {
                    throw Malformed(parser.RawRow, $"it has {record.Length} fields; at most {MaxColumns} columns are allowed");
                }

                if (header)
                {
                    continue;
                }
            }

            if (record.Length != first.Length)
            {
                throw Malformed(parser.RawRow, $"it has {record.Length} fields, but the first line has {first.Length}");
            }

            rows.Add(record);
        }

        return first is null
            ? throw new AgentRefusedException("`csv` has no rows.") { Code = "empty_input" }
            : new CsvTable(NameAll(first, header), rows);
    }

    private static bool Next(CsvParser parser)
    {
        try
        {
            return parser.Read();
        }
        catch (CsvHelperException e)
        {
            throw e.InnerException as AgentRefusedException
                ?? Malformed(parser.RawRow, "it cannot be read as CSV, or a field is longer than 100,000 characters");
        }
    }

    private static AgentRefusedException Malformed(int line, string why) =>
        new($"The CSV text is malformed at line {line}: {why}.") { Code = "malformed_csv" };

    private static string Separator(string csv, CsvDelimiter delimiter)
    {
        if (delimiter != CsvDelimiter.Auto)
        {
            return delimiter switch { CsvDelimiter.Semicolon => ";", CsvDelimiter.Tab => "\t", _ => "," };
        }

        var end = csv.AsSpan().TrimStart().IndexOfAny('\r', '\n');
        var line = end < 0 ? csv.AsSpan().TrimStart() : csv.AsSpan().TrimStart()[..end];
        var (commas, semicolons, tabs) = (line.Count(','), line.Count(';'), line.Count('\t'));
        return semicolons > commas && semicolons >= tabs ? ";" : tabs > commas ? "\t" : ",";
    }

    private static List<string> NameAll(string[] first, bool header)
    {
        var names = new List<string>(first.Length);
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < first.Length; i++)
        {
            var wanted = header ? first[i].Trim().Trim('\uFEFF').Replace('\0', ' ') : "";
            wanted = wanted.Length is 0 or > 100 ? $"column{i + 1}" : wanted;
            var name = wanted;
            for (var n = 2; !seen.Add(name); n++)
            {
                name = $"{wanted}_{n}";
            }

            names.Add(name);
        }

        return names;
    }
}
