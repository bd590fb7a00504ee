using System.IO.Compression;
using System.Text;
using Orkestron.Agents.Common;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Tests.Common;

public sealed class FileTextTests
{
    private const string German = "größe;straße\n1,5;Löhe – 3 €\n";

    public static TheoryData<string, byte[], string?, string, bool> Readable => new()
    {
        { German, Encoding.UTF8.GetBytes(German), null, "utf-8", false },
        { German, [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(German)], "utf-8", "utf-8", false },
        { German, [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(German)], "auto", "utf-16le", false },
        { German, [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(German)], "utf-16", "utf-16le", false },
        { German, [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(German)], null, "utf-16be", false },
        { German, [0, 0, 0xFE, 0xFF, .. new UTF32Encoding(true, false).GetBytes(German)], null, "utf-32be", false },
        { German, Encoding.Unicode.GetBytes(German), null, "utf-16le", true },
        { German, Named("windows-1252", German), null, "windows-1252", true },
        { German, Named("windows-1252", German), "windows-1252", "windows-1252", false },
        { "naïve,“Él”\n", Named("windows-1252", "naïve,“Él”\n"), null, "windows-1252", true },
        { "привет,мир\n", Named("windows-1251", "привет,мир\n"), "windows-1251", "windows-1251", false },
        { "名前,値\n", Named("shift_jis", "名前,値\n"), "shift_jis", "shift_jis", false },
        { "😀\u0301", Encoding.UTF8.GetBytes("😀\u0301"), null, "utf-8", false },
        { "PAR1,BZh\n", "PAR1,BZh\n"u8.ToArray(), null, "utf-8", false },
    };

    [Theory]
    [MemberData(nameof(Readable))]
    public void Of_WhateverTheEncoding_ReadsTheSameText(string text, byte[] file, string? said, string encoding, bool guessed)
    {
        var read = FileText.Of(file, said);
        Assert.Equal(text, read.ReadAll());
        using var reader = read.Open();
        Assert.Equal(text, reader.ReadToEnd());
        Assert.Equal((encoding, guessed), (read.Encoding, read.Guessed));
    }

    public static TheoryData<byte[], string?, string, string> Unreadable => new()
    {
        // Damaged UTF-8: one letter is whole, the next is cut.
        { [0x61, 0x0A, 0xC3, 0xA4, 0xC3], null, "invalid_encoding", "not UTF-8 at byte 5 (0xC3, line 2): say `encoding`" },
        // Half of a surrogate pair, as UTF-8 would write it.
        { [.. "name,emoji\nx,"u8, 0xED, 0xA0, 0xBD], null, "invalid_encoding", "not UTF-8 at byte 14 (0xED, line 2)" },
        { Named("windows-1251", "привет,мир\n"), null, "invalid_encoding", "not UTF-8 at byte 1 " },
        { Named("windows-1252", "a\nß\n"), "utf-8", "invalid_encoding", "not UTF-8 at byte 3 (0xDF, line 2)" },
        { [0xFF, 0xFE, 0x3D, 0xD8, 0x0A, 0x00], null, "invalid_encoding", "not UTF-16LE at byte" },
        { [0xFF, 0xFE, 0x41, 0x00, 0x42], null, "invalid_encoding", "not UTF-16LE at byte" },
        { [0xEF, 0xBB, 0xBF, 0x61], "windows-1252", "invalid_encoding", "byte order mark of utf-8" },
        { [0x61], "klingon", "invalid_encoding", "is not known" },
        { [0x1F, 0x8B, 0x08, 0x61], "windows-1252", "not_text", "gzip" },
        { Gzip("a,b\n1,2\n"), null, "not_text", "gzip" },
        { Zip(), null, "not_text", "zip" },
        { "a,b\n1,\0\n"u8.ToArray(), null, "not_text", "NUL at byte 7" },
        { [0xFF, 0xFE, 0x61, 0x00, 0x00, 0x00], null, "not_text", "NUL" },
    };

    [Theory]
    [MemberData(nameof(Unreadable))]
    public void Of_WhatIsNotThatText_IsRefusedWithThePlace(byte[] file, string? said, string code, string message)
    {
        var refusal = Assert.Throws<AgentRefusedException>(() => FileText.Of(file, said));
        Assert.Equal(code, refusal.Code);
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_Always_AreKnown() =>
        Assert.All(TextEncodings.Names.Except(["auto", "utf-16"]), name => Assert.NotNull(TextEncodings.Of(name)));

    private static byte[] Named(string encoding, string text) => CodePagesEncodingProvider.Instance.GetEncoding(encoding)!.GetBytes(text);

    private static byte[] Gzip(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }

    private static byte[] Zip()
    {
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            zip.CreateEntry("a.csv");
        }

        return packed.ToArray();
    }
}
