using System.Net;

namespace Orkestron.Sdk;

/// <summary>The platform refused a request, or a task did not complete. The message says what to do.</summary>
public class OrkestronException : Exception
{
    public OrkestronException()
        : this("The platform refused the request.")
    {
    }

    public OrkestronException(string message)
        : base(message)
    {
    }

    public OrkestronException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Machine-readable code, for instance <c>insufficient_tokens</c>, or <c>agent_failed</c> for a task.</summary>
    public string Code { get; init; } = "unknown";

    /// <summary>The HTTP status; null when there was no HTTP response.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>How long the platform asks to wait before a retry; null when it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
