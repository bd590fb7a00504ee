using System.Text;
using System.Text.Json;
using Orkestron.Agents.Common;

namespace Orkestron.Agents.Isolation;

/// <summary>The sending end of a pipe, for any thread.</summary>
internal sealed class Pipe(Stream stream)
{
    private readonly Lock _lock = new();

    /// <exception cref="IOException">The other end is gone.</exception>
    public void Send(FrameKind kind, ReadOnlySpan<byte> content)
    {
        lock (_lock)
        {
            Frame.Write(stream, kind, content);
        }
    }

    public void Send(FrameKind kind) => Send(kind, []);

    public void SendJson<T>(FrameKind kind, T message) => Send(kind, JsonSerializer.SerializeToUtf8Bytes(message, AgentJson.Options));

    public void SendText(FrameKind kind, string text) => Send(kind, Encoding.UTF8.GetBytes(text));

    public static T Read<T>(byte[] content) => JsonSerializer.Deserialize<T>(content, AgentJson.Options)
        ?? throw new InvalidDataException("An empty message.");
}
