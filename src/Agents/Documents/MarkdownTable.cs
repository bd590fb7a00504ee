using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Orkestron.Agents.Documents;

/// <summary>
/// A table with pipes. A cell that spans columns or rows keeps its content in its first place, the others stay empty, so that no
/// cell shifts; what a cell holds beside words is put on lines within it.
/// </summary>
internal static class MarkdownTable
{
    private const int MaxCells = 100_000;
    private const int MaxSpan = 1_000;
    private const string Line = "<br>";

    public static string Write(IHtmlTableElement table, List<string> warnings)
    {
        var rows = Rows(table).Where(static row => row.Cells.Length > 0).ToList();
        var caption = table.Caption is { } titled ? MarkdownLines.Paragraph(MarkdownInline.Write(titled.ChildNodes)) : "";
        if (rows.Count == 0)
        {
            return caption;
        }

        var (grid, width) = Grid(rows, warnings);
        var lines = grid.Select(row => $"| {string.Join(" | ", Enumerable.Range(0, width).Select(i => i < row.Count ? row[i] ?? "" : ""))} |").ToList();
        lines.Insert(1, $"|{string.Concat(Enumerable.Range(0, width).Select(i => $" {Rule(rows[0], i)} |"))}");
        return (caption.Length > 0 ? caption + "\n\n" : "") + string.Join('\n', lines);
    }

    // The rows of this table, not those of a table in one of its cells: head, bodies, foot.
    private static IEnumerable<IHtmlTableRowElement> Rows(IHtmlTableElement table) => table.Rows.OfType<IHtmlTableRowElement>();

    private static (List<List<string?>> Grid, int Width) Grid(List<IHtmlTableRowElement> rows, List<string> warnings)
    {
        var grid = rows.Select(static _ => new List<string?>()).ToList();
        var cells = 0L;
        var width = 0;
        for (var r = 0; r < rows.Count; r++)
        {
            var c = 0;
            foreach (var cell in rows[r].Cells)
            {
                while (c < grid[r].Count && grid[r][c] is not null)
                {
                    c++;
                }

                var (down, across) = (Math.Clamp(cell.RowSpan, 1, rows.Count - r), Math.Clamp(cell.ColumnSpan, 1, MaxSpan));
                cells += (long)down * across;
                width = Math.Max(width, c + across);
                // Each row is as wide as the widest: one wide row in a long table would else write far more than was read.
                if (cells > MaxCells || (long)width * rows.Count > MaxCells)
                {
                    throw DocumentFault.Of("output_too_large", $"A table of the document is too large; at most {MaxCells:N0} cells are allowed.");
                }

                for (var i = 0; i < down; i++)
                {
                    for (var k = 0; k < across; k++)
                    {
                        Put(grid[r + i], c + k, i == 0 && k == 0 ? Cell(cell, warnings) : "");
                    }
                }

                c += across;
            }
        }

        return (grid, width);
    }

    private static void Put(List<string?> row, int at, string text)
    {
        while (row.Count <= at)
        {
            row.Add(null);
        }

        row[at] ??= text;
    }

    private static string Cell(IElement cell, List<string> warnings) =>
        string.Join(Line, Lines(cell, warnings, 0).Where(static line => line.Length > 0));

    // A cell is one line: its blocks stand after each other with <br> between.
    private static IEnumerable<string> Lines(IElement element, List<string> warnings, int depth)
    {
        if (element is IHtmlTableElement table)
        {
            Note(warnings);
            return Rows(table).Select(
                row => string.Join(" \\| ", row.Cells.Select(cell => string.Join(' ', Lines(cell, warnings, depth + 1)))));
        }

        if (element.LocalName == "pre")
        {
            return Blocks.Preformatted(element).Split('\n').Select(static line => PlainText.Escape(line.Trim()));
        }

        var lines = new List<string>();
        var run = new List<INode>();
        foreach (var child in element.ChildNodes)
        {
            if (child is IElement block && Blocks.HoldsBlocks(block))
            {
                Flush();
                lines.AddRange(
                    Lines(block, warnings, depth + 1).Select((line, i) => i == 0 && block.LocalName == "li" ? $"- {line}" : line));
            }
            else
            {
                run.Add(child);
            }
        }

        Flush();
        return lines;

        void Flush()
        {
            lines.AddRange(MarkdownInline.Write(run, cell: true).Split(MarkdownLines.Break).Select(MarkdownLines.One));
            run.Clear();
        }
    }

    private static void Note(List<string> warnings)
    {
        const string Warning = "A table within a table is written as lines of its cell: Markdown has no such tables.";
        if (!warnings.Contains(Warning))
        {
            warnings.Add(Warning);
        }
    }

    private static string Rule(IHtmlTableRowElement head, int column) =>
        (column < head.Cells.Length ? head.Cells[column].GetAttribute("align")?.ToLowerInvariant() : null) switch
        {
            "center" => ":---:",
            "right" => "---:",
            "left" => ":---",
            _ => "---",
        };
}
