using System.Text;

namespace Orkestron.Agents.Common;

/// <summary>The encodings a file may be in, by their names on the web; each refuses a byte it does not know.</summary>
internal static class TextEncodings
{
    public const string Auto = "auto";
    public const string Utf8 = "utf-8";
    public const string Utf16 = "utf-16";
    public const string Utf16LittleEndian = "utf-16le";
    public const string Utf16BigEndian = "utf-16be";
    public const string Utf32LittleEndian = "utf-32le";
    public const string Utf32BigEndian = "utf-32be";
    public const string Windows1252 = "windows-1252";

    /// <summary>What may be said.</summary>
    public static readonly IReadOnlyList<string> Names =
    [
        Auto, Utf8, Utf16, Utf16LittleEndian, Utf16BigEndian, Windows1252, "iso-8859-1", "iso-8859-2", "iso-8859-15",
        "windows-1250", "windows-1251", "windows-1253", "windows-1254", "windows-1257", "koi8-r", "ibm437", "ibm850",
        "macintosh", "shift_jis", "euc-kr", "big5", "gb18030",
    ];

    /// <summary>A strict decoder; null where the name is not known.</summary>
    public static Encoding? Of(string name) => name switch
    {
        Utf8 => new UTF8Encoding(false, throwOnInvalidBytes: true),
        Utf16LittleEndian => new UnicodeEncoding(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true),
        Utf16BigEndian => new UnicodeEncoding(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true),
        Utf32LittleEndian => new UTF32Encoding(bigEndian: false, byteOrderMark: false, throwOnInvalidCharacters: true),
        Utf32BigEndian => new UTF32Encoding(bigEndian: true, byteOrderMark: false, throwOnInvalidCharacters: true),
        "iso-8859-1" => Encoding.Latin1,
        _ when Names.Contains(name) => CodePagesEncodingProvider.Instance.GetEncoding(
            name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback),
        _ => null,
    };

    /// <summary>Bytes of a code unit.</summary>
    public static int Width(string name) => name switch
    {
        Utf16LittleEndian or Utf16BigEndian => 2,
        Utf32LittleEndian or Utf32BigEndian => 4,
        _ => 1,
    };
}
