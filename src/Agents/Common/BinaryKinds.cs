using System.Text;

namespace Orkestron.Agents.Common;

/// <summary>Knows common binary files by their first bytes, none of which a text could begin with.</summary>
internal static class BinaryKinds
{
    private static readonly (byte[] First, string Kind)[] Known =
    [
        ([0x1F, 0x8B], "a gzip archive"),
        (Ascii("PK\x03\x04"), "a zip archive (an Excel workbook is one, too)"),
        (Ascii("PK\x05\x06"), "an empty zip archive"),
        (Ascii("BZh91AY&SY"), "a bzip2 archive"),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "an xz archive"),
        ([0x28, 0xB5, 0x2F, 0xFD], "a zstd archive"),
        ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "a 7z archive"),
        ([0xD0, 0xCF, 0x11, 0xE0], "an old Office document"),
        (Ascii("%PDF-"), "a PDF document"),
        (Ascii("PAR1\x15"), "a Parquet file"),
        (Ascii("SQLite format 3\0"), "an SQLite database"),
        ([0x89, 0x50, 0x4E, 0x47], "a PNG image"),
        ([0xFF, 0xD8, 0xFF], "a JPEG image"),
        (Ascii("GIF89a"), "a GIF image"),
        ([0x7F, 0x45, 0x4C, 0x46], "a program"),
    ];

    /// <summary>What a file is, in words; null where nothing says that it is no text.</summary>
    public static string? Of(ReadOnlySpan<byte> file)
    {
        foreach (var (first, kind) in Known)
        {
            if (file.StartsWith(first))
            {
                return kind;
            }
        }

        return null;
    }

    private static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);
}
