namespace Orkestron.Grains.Common;

/// <summary>
/// Another activation wrote to the stream, or a write failed: this activation is being dropped. Nothing is known to be
/// lost; send the command again with the same id.
/// </summary>
[GenerateSerializer, Alias("orkestron.stream-broken")]
public sealed class StreamBrokenException : Exception
{
    public StreamBrokenException()
        : base("The activation lost its stream. Send the command again with the same id.")
    {
    }

    public StreamBrokenException(string message)
        : base(message)
    {
    }

    public StreamBrokenException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
