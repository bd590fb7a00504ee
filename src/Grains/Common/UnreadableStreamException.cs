namespace Orkestron.Grains.Common;

/// <summary>
/// A stream holds what this version does not know, most likely because a newer one wrote it. Nothing is changed: the stream is
/// left alone until a version that knows it runs.
/// </summary>
[GenerateSerializer, Alias("orkestron.unreadable-stream")]
public sealed class UnreadableStreamException : Exception
{
    public UnreadableStreamException()
        : this("The record cannot be read by this version of Orkestron.")
    {
    }

    public UnreadableStreamException(string message)
        : base(message)
    {
    }

    public UnreadableStreamException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The stream, the number of its event, or of the last one in a snapshot, and what of it is not known.</summary>
    internal static UnreadableStreamException At(string stream, long version, string what, string why) => new(
        $"This version of Orkestron cannot read {what} {version} of {stream}: {why} It was most likely written by a newer version. "
        + "Nothing was changed; update this node.");
}
