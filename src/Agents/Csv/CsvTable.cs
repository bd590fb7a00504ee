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
    private readonly CsvFormat _format;
    private readonly string[] _first;

    private CsvTable(CsvParser parser, CsvFormat format, string[] first)
    {
        (_parser, _format, _first) = (parser, format, first);
        Names = CsvNames.Of(first, format.Header, out var notes);
        Notes = notes;
    }

    /// <summary>Unique, never empty.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Which names are other than the header says, in sentences.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>How many rows were read so far.</summary>
    public int Count { get; private set; }

    /// <summary>Reads strictly: a row of another width or a broken quote is refused with its line.</summary>
    /// <param name="reader">The text; a byte order mark at its start is dropped.</param>
    /// <param name="format">How it is cut into rows and fields.</param>
    /// <exception cref="AgentRefusedException">Code <c>malformed_csv</c>; the message names the line.</exception>
    public static CsvTable Open(TextReader reader, CsvFormat format)
    {
        Skip(reader, format.SkippedLines);
        var parser = new CsvParser(reader, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = format.Separator.ToString(),
            WhiteSpaceChars = format.Separator == ' ' ? [] : [' '],
            TrimOptions = format.Trim ? TrimOptions.Trim : TrimOptions.None,
            BadDataFound = e => throw Malformed(e.Context.Parser!, format, "a quote is where none may be; double it or quote the whole field"),
            MaxFieldSize = 100_000,
            IgnoreBlankLines = true,
        });
        try
        {
            if (!Next(parser, format))
            {
                throw new AgentRefusedException("The CSV text has no rows.") { Code = "empty_input" };
            }

            var first = parser.Record!;
            return first.Length <= MaxColumns
                ? new CsvTable(parser, format, first)
                : throw Malformed(parser, format, $"it has {first.Length} fields; at most {MaxColumns} columns are allowed");
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
        if (!_format.Header)
        {
            Count++;
            yield return _first;
        }

        while (Next(_parser, _format))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var record = _parser.Record!;
            if (record.Length != _first.Length)
            {
                throw Malformed(_parser, _format, $"it has {record.Length} fields, but the first line has {_first.Length}"
                    + (Count == 0 ? ". If lines come before the table, say `skipLines`" : ""));
            }

            Count++;
            yield return record;
        }
    }

    public void Dispose() => _parser.Dispose();

    private static void Skip(TextReader reader, int lines)
    {
        if (reader.Peek() == '\uFEFF')
        {
            reader.Read();
        }

        for (; lines > 0 && reader.ReadLine() is not null; lines--)
        {
        }
    }

    private static bool Next(CsvParser parser, CsvFormat format)
    {
        try
        {
            return parser.Read();
        }
        catch (CsvHelperException e)
        {
            throw e.InnerException as AgentRefusedException
                ?? Malformed(parser, format, "it cannot be read as CSV, or a field is longer than 100,000 characters");
        }
    }

    private static AgentRefusedException Malformed(IParser parser, CsvFormat format, string why) =>
        new($"The CSV text is malformed at line {parser.RawRow + format.SkippedLines}: {why}.") { Code = "malformed_csv" };
}
