using System.Buffers.Binary;

namespace Orkestron.Agents.Isolation;

/// <summary>What a message between a node and its child process is. The numbers are only spoken by one build with itself.</summary>
internal enum FrameKind : byte
{
    None = 0,

    // To the child.
    Options,
    Run,
    Cancel,
    File,
    Chunk,

    // To the node.
    Ready,
    Progress,
    Text,
    Open,
    Read,
    Close,
    Answer,
    End,
}

/// <summary>Messages on a pipe: four bytes of length, one of kind, then the content.</summary>
internal static class Frame
{
    private const int HeaderBytes = 5;

    /// <summary>Writes one message whole. The caller holds the pipe's lock.</summary>
    public static void Write(Stream pipe, FrameKind kind, ReadOnlySpan<byte> content)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        BinaryPrimitives.WriteInt32LittleEndian(header, content.Length);
        header[4] = (byte)kind;
        if (content.Length <= 1_024)
        {
            Span<byte> whole = stackalloc byte[HeaderBytes + 1_024];
            header.CopyTo(whole);
            content.CopyTo(whole[HeaderBytes..]);
            pipe.Write(whole[..(HeaderBytes + content.Length)]);
        }
        else
        {
            pipe.Write(header);
            pipe.Write(content);
        }

        pipe.Flush();
    }

    /// <summary>Waits for the next message; <see cref="FrameKind.None"/> at the end of the pipe.</summary>
    /// <exception cref="InvalidDataException">It is longer than <paramref name="most"/> bytes: not one of ours.</exception>
    public static (FrameKind Kind, byte[] Content) Read(Stream pipe, int most)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        if (pipe.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) < HeaderBytes)
        {
            return (FrameKind.None, []);
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(header);
        if (length < 0 || length > most)
        {
            throw new InvalidDataException($"A message of {length:N0} bytes; at most {most:N0} are allowed.");
        }

        var content = length == 0 ? [] : new byte[length];
        return pipe.ReadAtLeast(content, length, throwOnEndOfStream: false) < length
            ? (FrameKind.None, [])
            : ((FrameKind)header[4], content);
    }
}
