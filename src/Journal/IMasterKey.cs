namespace Orkestron.Journal;

/// <summary>Where the key comes from that wraps all subjects' keys. Replace it to fetch the key from a vault.</summary>
public interface IMasterKey
{
    /// <summary>The 32-byte key. Read once, when the journal starts.</summary>
    /// <param name="mayCreate">Whether a new one may be made: only when nothing was ever wrapped.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidOperationException">There is none, or it is malformed; the message says what to do.</exception>
    ValueTask<byte[]> ReadAsync(bool mayCreate, CancellationToken cancellationToken);
}
