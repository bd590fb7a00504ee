using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CsvHelper;
using CsvHelper.Configuration;
using Orkestron.Agents.Common;
using Orkestron.Agents.Csv;

namespace Orkestron.Agents.Documents;

/// <summary>A table is a list of objects with the same keys; the first line names the columns.</summary>
internal static partial class CsvData
{
    private const int MaxCells = 200_000;
    private const int MaxWarnings = 10;

    public static JsonNode Read(string csv, bool detectTypes, List<string> warnings, CancellationToken cancellationToken)
    {
        using var reader = new StringReader(csv);
        var format = CsvSniffer.Guess(csv.AsSpan(0, Math.Min(csv.Length, CsvFormat.Sample)), csv.Length <= CsvFormat.Sample);
        using var table = CsvTable.Open(reader, format);
        warnings.AddRange(table.Notes.Take(MaxWarnings / 2));
        if (format.SkippedLines > 0)
        {
            warnings.Add($"Left out: {format.SkippedLines} line(s) before the table.");
        }

        var cells = new List<string[]>();
        foreach (var row in table.Rows(cancellationToken))
        {
            Limit(table.Count, table.Names.Count);
            cells.Add([.. row]);
        }

        var types = table.Names.Select(
            (name, i) => detectTypes ? TypeOf(name, cells.Select(row => i < row.Length ? row[i] : ""), warnings) : CellType.Text).ToArray();
        var rows = new JsonArray();
        foreach (var row in cells)
        {
            var members = new JsonObject();
            for (var i = 0; i < row.Length; i++)
            {
                members[table.Names[i]] = detectTypes && row[i].Length == 0 ? null : Written(row[i], types[i]);
            }

            rows.Add((JsonNode)members);
        }

        return rows;
    }

    // One type per column: a list of ids must not mix numbers and texts.
    private static CellType TypeOf(string name, IEnumerable<string> cells, List<string> warnings)
    {
        var (numbers, words, texts) = (0, 0, 0);
        string? odd = null;
        foreach (var cell in cells.Where(static cell => cell.Length > 0))
        {
            if (Number().IsMatch(cell))
            {
                numbers++;
            }
            else if (cell is "true" or "TRUE" or "True" or "false" or "FALSE" or "False")
            {
                words++;
            }
            else
            {
                texts++;
                odd ??= cell;
            }
        }

        if (numbers > 0 && odd is not null && odd.All(static c => char.IsAsciiDigit(c) || c is '.' or '-') && warnings.Count < MaxWarnings)
        {
            warnings.Add($"Column {Short(name)} is written as text, for {Short(odd)} would not be the same as a number.");
        }

        return (numbers, words, texts) switch
        {
            ( > 0, 0, 0) => CellType.Number,
            (0, > 0, 0) => CellType.TrueOrFalse,
            _ => CellType.Text,
        };
    }

    private static JsonNode? Written(string cell, CellType type) => type switch
    {
        CellType.Number => JsonNode.Parse(cell),
        CellType.TrueOrFalse => JsonValue.Create(cell[0] is 't' or 'T'),
        _ => JsonValue.Create(cell),
    };

    private static string Short(string text) => text.Length <= 60 ? text : $"{TextCut.Head(text, 60)}...";

    private enum CellType
    {
        Text,
        Number,
        TrueOrFalse,
    }

    public static string Write(JsonNode? data, List<string> warnings)
    {
        var rows = Rows(data);
        var names = rows.SelectMany(static row => row.Select(static member => member.Key))
            .Distinct(StringComparer.Ordinal)
            .Take(CsvTable.MaxColumns + 1)
            .ToList();
        if (names.Count is 0 or > CsvTable.MaxColumns)
        {
            throw DocumentFault.Of("not_a_table", $"A CSV table has 1 to {CsvTable.MaxColumns} columns; the objects have {(names.Count == 0 ? "no" : "more")} keys.");
        }

        Limit(rows.Count, names.Count);
        using var text = new StringWriter();
        using var csv = new CsvWriter(text, new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\n" });
        names.ForEach(csv.WriteField);
        csv.NextRecord();
        var (nested, formulas) = (0, 0);
        foreach (var row in rows)
        {
            foreach (var name in names)
            {
                var value = row[name];
                nested += value is JsonObject or JsonArray ? 1 : 0;
                var cell = Cell(value);
                formulas += cell.Length > 0 && cell[0] is '=' or '+' or '@' or '\t' ? 1 : 0;
                csv.WriteField(cell);
            }

            csv.NextRecord();
        }

        csv.Flush();
        Warn(warnings, nested, "cells hold lists or objects, written as JSON text");
        Warn(warnings, formulas, "cells begin with =, + or @: a spreadsheet may run them as formulas");
        return text.ToString();
    }

    private static List<JsonObject> Rows(JsonNode? data)
    {
        var items = data is JsonArray list ? [.. list] : new List<JsonNode?> { data };
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i] is not JsonObject)
            {
                throw DocumentFault.Of("not_a_table", $"CSV needs a list of objects; item {i + 1} of the document is none.");
            }
        }

        return [.. items.Cast<JsonObject>()];
    }

    private static void Limit(int rows, int columns)
    {
        if ((long)rows * columns > MaxCells)
        {
            throw DocumentFault.Of("input_too_large", $"The table has {(long)rows * columns:N0} cells; at most {MaxCells:N0} are allowed.");
        }
    }

    private static void Warn(List<string> warnings, int count, string what)
    {
        if (count > 0)
        {
            warnings.Add($"{count} {what}.");
        }
    }

    private static string Cell(JsonNode? value) => value switch
    {
        null => "",
        JsonValue text when text.GetValueKind() == JsonValueKind.String => text.GetValue<string>(),
        _ => value.ToJsonString(),
    };

    // No leading zeros and at most fifteen digits: what looks like a code or would lose digits stays text.
    [GeneratedRegex(@"^-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,15})?$", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
