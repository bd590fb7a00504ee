namespace Orkestron.Agents.Csv;

/// <summary>How a CSV text is cut into rows and fields.</summary>
/// <param name="Delimiter">What separates the fields.</param>
/// <param name="Header">Whether the first row names the columns.</param>
/// <param name="SkippedLines">Lines before the first row.</param>
/// <param name="Trim">Whether blanks around fields go, since quotes follow blanks.</param>
internal sealed record CsvFormat(CsvDelimiter Delimiter, bool Header = true, int SkippedLines = 0, bool Trim = false)
{
    /// <summary>The most characters looked at to guess a format.</summary>
    public const int Sample = 65_536;

    public char Separator => SeparatorOf(Delimiter);

    public static char SeparatorOf(CsvDelimiter delimiter) => delimiter switch
    {
        CsvDelimiter.Semicolon => ';',
        CsvDelimiter.Tab => '\t',
        CsvDelimiter.Pipe => '|',
        CsvDelimiter.Colon => ':',
        CsvDelimiter.Space => ' ',
        _ => ',',
    };
}
