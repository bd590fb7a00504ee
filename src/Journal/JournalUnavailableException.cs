namespace Orkestron.Journal;

/// <summary>The store cannot take the write now. Send it again, with the same id, after <see cref="RetryAfter"/>.</summary>
public sealed class JournalUnavailableException : Exception
{
    public JournalUnavailableException()
        : this("The store cannot take the write now.", TimeSpan.FromSeconds(1), null)
    {
    }

    public JournalUnavailableException(string message)
        : this(message, TimeSpan.FromSeconds(1), null)
    {
    }

    public JournalUnavailableException(string message, Exception innerException)
        : this(message, TimeSpan.FromSeconds(1), innerException)
    {
    }

    public JournalUnavailableException(string message, TimeSpan retryAfter, Exception? innerException)
        : base(message, innerException) => RetryAfter = retryAfter;

    /// <summary>How long to wait before the next try.</summary>
    public TimeSpan RetryAfter { get; }
}
