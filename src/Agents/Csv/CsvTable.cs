using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Csv;

/// <summary>A CSV text as names and rows of text, read row by row: a large one is never in memory as a whole.</summary>
internal sealed class CsvTable : IDisposable
{
    /// <summary>The most columns a CSV text may have.</summary>
    public const int MaxColumns = 200;

    private readonly CsvParser _parser;
    private readonly string[] _first;
    private readonly bool _header;

    private CsvTable(CsvParser parser, string[] first, bool header)
    {
        (_parser, _first, _header) = (parser, first, header);
        Names = NameAll(first, header);
    }

    /// <summary>Unique, never empty.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>How many rows were read so far.</summary>
    public int Count { get; private set; }

    /// <summary>Reads strictly: a row of another width or a broken quote is refused with its line.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="firstLine">Its first line that is not blank, to guess the delimiter from.</param>
    /// <param name="header">Whether that line names the columns.</param>
    /// <param name="delimiter">What separates the fields.</param>
    /// <exception cref="AgentRefusedException">Code <c>malformed_csv</c>; the message names the line.</exception>
    public static CsvTable Open(TextReader reader, string firstLine, bool header, CsvDelimiter delimiter)
    {
        var parser = new CsvParser(reader, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = Separator(firstLine, delimiter),
            BadDataFound = e => throw Malformed(e.Context.Parser!.RawRow, "a quote is where none may be; double it or quote the whole field"),
            MaxFieldSize = 100_000,
            IgnoreBlankLines = true,
        });
        try
        {
            if (!Next(parser))
            {
                throw new AgentRefusedException("The CSV text has no rows.") { Code = "empty_input" };
            }

            var first = parser.Record!;
            return first.Length <= MaxColumns
                ? new CsvTable(parser, first, header)
                : throw Malformed(parser.RawRow, $"it has {first.Length} fields; at most {MaxColumns} columns are allowed");
        }
        catch
        {
            parser.Dispose();
            throw;
        }
    }

    /// <summary>The rows, once; each as long as <see cref="Names"/>.</summary>
    /// <exception cref="AgentRefusedException">Code <c>malformed_csv</c>; the message names the line.</exception>
    public IEnumerable<string[]> Rows(CancellationToken cancellationToken)
    {
        if (!_header)
        {
            Count++;
            yield return _first;
        }

        while (Next(_parser))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var record = _parser.Record!;
            if (record.Length != _first.Length)
            {
                throw Malformed(_parser.RawRow, $"it has {record.Length} fields, but the first line has {_first.Length}");
            }

            Count++;
            yield return record;
        }
    }

    /// <summary>The first line of a text that is not blank.</summary>
    public static string FirstLine(ReadOnlySpan<char> text)
    {
        text = text.TrimStart();
        var end = text.IndexOfAny('\r', '\n');
        return (end < 0 ? text : text[..end]).ToString();
    }

    public void Dispose() => _parser.Dispose();

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

    private static string Separator(string line, CsvDelimiter delimiter)
    {
        if (delimiter != CsvDelimiter.Auto)
        {
            return delimiter switch { CsvDelimiter.Semicolon => ";", CsvDelimiter.Tab => "\t", _ => "," };
        }

        var (commas, semicolons, tabs) = (line.AsSpan().Count(','), line.AsSpan().Count(';'), line.AsSpan().Count('\t'));
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
