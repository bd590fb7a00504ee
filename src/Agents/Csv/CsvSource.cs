using Orkestron.Agents.Common;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Csv;

/// <summary>Where the CSV text comes from: the input itself, or a file.</summary>
internal sealed class CsvSource
{
    /// <summary>The largest file, in bytes.</summary>
    public const int MaxFile = 64 << 20;

    private readonly FileText? _file;
    private readonly string _text = "";

    private CsvSource(FileText file) => _file = file;

    private CsvSource(string text) => _text = text;

    /// <summary>The encoding of the file; null for a text.</summary>
    public string? Encoding => _file?.Encoding;

    /// <summary>Whether the encoding was inferred from the bytes of the file.</summary>
    public bool EncodingGuessed => _file is { Guessed: true };

    /// <summary>Reads a file as its bytes, which the parser then reads row by row.</summary>
    /// <exception cref="AgentRefusedException">There is neither a text nor a file, or both, or the file is no text.</exception>
    public static async Task<CsvSource> OpenAsync(CsvInput input, IAgentContext context, CancellationToken cancellationToken)
    {
        if (input.File is null)
        {
            return string.IsNullOrWhiteSpace(input.Csv)
                ? throw new AgentRefusedException("Give the table: as text in `csv`, or as a file in `file`.") { Code = "empty_input" }
                : Of(Check.Text(input.Csv, "csv", CsvCard.MaxCharacters));
        }

        if (!string.IsNullOrEmpty(input.Csv))
        {
            throw new AgentRefusedException("Give `csv` or `file`, not both.") { Code = "invalid_input" };
        }

        await using var artifact = await context.OpenArtifactAsync(input.File, cancellationToken);
        if (artifact.Size > MaxFile)
        {
            throw new AgentRefusedException($"The file has more than {MaxFile:N0} bytes.") { Code = "input_too_large" };
        }

        using var whole = new MemoryStream((int)artifact.Size);
        await artifact.Content.CopyToAsync(whole, cancellationToken);
        return new CsvSource(FileText.Of(whole.GetBuffer().AsMemory(0, (int)whole.Length), input.Encoding));
    }

    /// <summary>The text from its beginning.</summary>
    public TextReader Read() => _file?.Open() ?? new StringReader(_text);

    /// <summary>The beginning of the text, and whether it is all of it.</summary>
    public (string Text, bool Whole) Sample()
    {
        using var reader = Read();
        var buffer = new char[CsvFormat.Sample];
        var length = reader.ReadBlock(buffer, 0, buffer.Length);
        return (new string(buffer, 0, length), reader.Peek() < 0);
    }

    private static CsvSource Of(string text)
    {
        var nul = text.IndexOf('\0', StringComparison.Ordinal);
        if (nul < 0)
        {
            return new CsvSource(text);
        }

        var line = text.AsSpan(0, nul).Count('\n') + 1;
        throw new AgentRefusedException($"`csv` has a NUL character in line {line}, so it is binary data and not text.") { Code = "not_text" };
    }
}
