using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Common;

/// <summary>
/// The text of a file: which encoding its bytes are in, decided before anything is read and without losing a byte. What
/// cannot be read exactly is refused, never filled with U+FFFD.
/// </summary>
internal sealed class FileText
{
    private static readonly (byte[] Mark, string Name)[] ByteOrderMarks =
    [
        ([0xEF, 0xBB, 0xBF], TextEncodings.Utf8),
        ([0xFF, 0xFE, 0x00, 0x00], TextEncodings.Utf32LittleEndian),
        ([0x00, 0x00, 0xFE, 0xFF], TextEncodings.Utf32BigEndian),
        ([0xFF, 0xFE], TextEncodings.Utf16LittleEndian),
        ([0xFE, 0xFF], TextEncodings.Utf16BigEndian),
    ];

    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly Encoding _encoding;

    private FileText(ReadOnlyMemory<byte> bytes, string name, Encoding encoding, bool guessed) =>
        (_bytes, Encoding, _encoding, Guessed) = (bytes, name, encoding, guessed);

    /// <summary>The encoding by its name on the web, such as <c>utf-8</c> or <c>windows-1252</c>.</summary>
    public string Encoding { get; }

    /// <summary>Whether the encoding was inferred from the bytes: it was not given, and is not plain UTF-8.</summary>
    public bool Guessed { get; }

    /// <summary>Decides on the encoding and checks that all of the file can be read in it.</summary>
    /// <param name="file">The whole file; a byte order mark at its start is dropped.</param>
    /// <param name="said">One of <see cref="TextEncodings.Names"/>; null or <c>auto</c> to infer it.</param>
    /// <exception cref="AgentRefusedException">
    /// Code <c>not_text</c>: the file is an archive, an image or other binary data. Code <c>invalid_encoding</c>: the
    /// bytes are not of the encoding said, or none can be inferred; the message names the first such byte, from 1.
    /// </exception>
    public static FileText Of(ReadOnlyMemory<byte> file, string? said = null)
    {
        if (BinaryKinds.Of(file.Span) is { } kind)
        {
            throw NotText($"The file is {kind}, not text. Give it as a text file, for example CSV in UTF-8.");
        }

        var mark = Array.Find(ByteOrderMarks, mark => file.Span.StartsWith(mark.Mark));
        var auto = said is null or TextEncodings.Auto;
        if (mark.Name is not null)
        {
            return auto || Agree(said!, mark.Name)
                ? Checked(file, mark.Mark.Length, mark.Name, guessed: false)
                : throw Invalid($"The file begins with the byte order mark of {mark.Name}, but `encoding` says {said}. Leave `encoding` out.");
        }

        return auto
            ? Inferred(file)
            : Checked(file, 0, said == TextEncodings.Utf16 ? TextEncodings.Utf16LittleEndian : said!, guessed: false);
    }

    /// <summary>Reads the text from its beginning.</summary>
    public TextReader Open()
    {
        var bytes = MemoryMarshal.TryGetArray(_bytes, out var segment) ? segment : new ArraySegment<byte>(_bytes.ToArray());
        var stream = new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false);
        return new StreamReader(stream, _encoding, detectEncodingFromByteOrderMarks: false, bufferSize: 16_384);
    }

    /// <summary>The text as a whole.</summary>
    public string ReadAll() => _encoding.GetString(_bytes.Span);

    private static FileText Inferred(ReadOnlyMemory<byte> file)
    {
        if (EncodingGuess.IsUtf16(file.Span) is { } wide)
        {
            return Checked(file, 0, wide, guessed: true);
        }

        if (Utf8.IsValid(file.Span))
        {
            return Checked(file, 0, TextEncodings.Utf8, guessed: false);
        }

        return EncodingGuess.IsWindows1252(file.Span)
            ? Checked(file, 0, TextEncodings.Windows1252, guessed: true)
            : Checked(file, 0, TextEncodings.Utf8, guessed: false);
    }

    private static FileText Checked(ReadOnlyMemory<byte> file, int start, string name, bool guessed)
    {
        var encoding = TextEncodings.Of(name)
            ?? throw Invalid($"`encoding` {name} is not known. Say one of: {string.Join(", ", TextEncodings.Names)}.");
        var text = new FileText(file[start..], name, encoding, guessed);
        try
        {
            // Counts without writing: a byte that is none of the encoding is met here.
            encoding.GetCharCount(text._bytes.Span);
        }
        catch (DecoderFallbackException e)
        {
            throw Unreadable(file.Span, start + e.Index, name);
        }

        return text.FirstNul() is var nul and >= 0
            ? throw NotText($"The file has a NUL at byte {start + nul + 1}, so it is binary data and not text in {name}.")
            : text;
    }

    private static AgentRefusedException Unreadable(ReadOnlySpan<byte> file, int at, string name)
    {
        at = Math.Clamp(at, 0, file.Length - 1);
        var line = file[..at].Count((byte)'\n') + 1;
        var advice = name == TextEncodings.Utf8
            ? "say `encoding`, for example windows-1252, or save it as UTF-8"
            : "say another `encoding`, or save it as UTF-8";
        return Invalid($"The file is not {name.ToUpperInvariant()} at byte {at + 1} (0x{file[at]:X2}, line {line}): {advice}.");
    }

    private int FirstNul()
    {
        var width = TextEncodings.Width(Encoding);
        var span = _bytes.Span;
        if (width == 1)
        {
            return span.IndexOf((byte)0);
        }

        for (var at = 0; at + width <= span.Length; at += width)
        {
            if (!span.Slice(at, width).ContainsAnyExcept((byte)0))
            {
                return at;
            }
        }

        return -1;
    }

    // utf-16 leaves the order to the mark.
    private static bool Agree(string said, string marked) =>
        said == marked || (said == TextEncodings.Utf16 && marked.StartsWith(said, StringComparison.Ordinal));

    private static AgentRefusedException NotText(string message) => new(message) { Code = "not_text" };

    private static AgentRefusedException Invalid(string message) => new(message) { Code = "invalid_encoding" };
}
