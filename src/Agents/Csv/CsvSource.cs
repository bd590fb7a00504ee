using System.Text;
using Orkestron.Agents.Common;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Csv;

/// <summary>Where the CSV text comes from: the input itself, or a file.</summary>
internal sealed class CsvSource : IDisposable
{
    /// <summary>The largest file, in bytes.</summary>
    public const int MaxFile = 64 << 20;

    private const int Peeked = 65_536;
    private readonly MemoryStream? _file;
    private readonly string? _text;

    private CsvSource(MemoryStream? file, string? text) => (_file, _text) = (file, text);

    /// <summary>Reads a file as its bytes, which the parser then reads row by row.</summary>
    /// <exception cref="AgentRefusedException">There is neither a text nor a file, or both.</exception>
    public static async Task<CsvSource> OpenAsync(CsvInput input, IAgentContext context, CancellationToken cancellationToken)
    {
        if (input.File is null)
        {
            return new CsvSource(null, Check.Text(input.Csv, "csv", CsvCard.MaxCharacters));
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

        var whole = new MemoryStream((int)artifact.Size);
        await artifact.Content.CopyToAsync(whole, cancellationToken);
        return new CsvSource(whole, null);
    }

    /// <summary>The text from its beginning.</summary>
    public TextReader Read()
    {
        if (_text is not null)
        {
            return new StringReader(_text);
        }

        _file!.Position = 0;
        // Another encoding than UTF-8 is told by a byte order mark.
        return new StreamReader(_file, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, leaveOpen: true);
    }

    /// <summary>The first line that is not blank, or as much of it as tells the delimiter.</summary>
    public string FirstLine()
    {
        using var reader = Read();
        var buffer = new char[Peeked];
        return CsvTable.FirstLine(buffer.AsSpan(0, reader.ReadBlock(buffer, 0, buffer.Length)));
    }

    public void Dispose() => _file?.Dispose();
}
