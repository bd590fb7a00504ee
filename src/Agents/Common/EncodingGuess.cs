using System.Buffers;
using System.Text;

namespace Orkestron.Agents.Common;

/// <summary>Recognises, without a byte order mark, the encodings whose bytes have a shape of their own.</summary>
internal static class EncodingGuess
{
    private const int Sample = 65_536;
    private const int LongestRun = 3;

    // Control characters that no text has, and the five bytes Windows-1252 leaves open.
    private static readonly SearchValues<byte> NoText = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Except([9, 10, 12, 13]).Select(static b => (byte)b), 0x7F, 0x81, 0x8D, 0x8F, 0x90, 0x9D]);

    /// <summary>UTF-16 of mostly Latin text has a zero in every second byte; null where it has none or both.</summary>
    public static string? IsUtf16(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 4 || bytes.Length % 2 != 0)
        {
            return null;
        }

        var sample = bytes[..Math.Min(bytes.Length, Sample)];
        Span<int> zeros = stackalloc int[2];
        for (var i = 0; i < sample.Length; i++)
        {
            zeros[i & 1] += sample[i] == 0 ? 1 : 0;
        }

        var half = sample.Length / 2;
        return (zeros[0], zeros[1]) switch
        {
            (0, var odd) when odd * 10 >= half * 7 => TextEncodings.Utf16LittleEndian,
            (var even, 0) when even * 10 >= half * 7 => TextEncodings.Utf16BigEndian,
            _ => null,
        };
    }

    /// <summary>
    /// Whether bytes that are not UTF-8 read as Western European text: letters beyond ASCII stand alone or in short runs
    /// among others. Where some are UTF-8, it is a damaged UTF-8 file; where most are beyond ASCII, it is another script.
    /// </summary>
    public static bool IsWindows1252(ReadOnlySpan<byte> bytes)
    {
        if (bytes.ContainsAny(NoText))
        {
            return false;
        }

        var (high, letters) = (0, 0);
        for (var at = 0; at < bytes.Length;)
        {
            if (bytes[at] < 0x80)
            {
                letters += char.IsAsciiLetter((char)bytes[at++]) ? 1 : 0;
                continue;
            }

            if (Rune.DecodeFromUtf8(bytes[at..], out _, out _) == OperationStatus.Done || IsHalfPair(bytes[at..]))
            {
                return false;
            }

            var run = bytes[at..].IndexOfAnyInRange((byte)0, (byte)0x7F);
            run = run < 0 ? bytes.Length - at : run;
            if (run > LongestRun)
            {
                return false;
            }

            high += run;
            at += run;
        }

        return high <= letters;
    }

    // Half of a surrogate pair written as UTF-8 would be: by a program that meant UTF-8.
    private static bool IsHalfPair(ReadOnlySpan<byte> bytes) =>
        bytes is [0xED, >= 0xA0 and <= 0xBF, >= 0x80 and <= 0xBF, ..];
}
