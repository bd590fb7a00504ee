using System.Net;

namespace Orkestron.Sdk;

/// <summary>The platform refused a request, or a task gave no result. The message says what to do.</summary>
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

    /// <summary>The code for programs, for instance <c>insufficient_tokens</c>; <c>agent_failed</c> and the like for a task.</summary>
    public string Code { get; init; } = "unknown";

    /// <summary>The HTTP status; null when it was not an HTTP answer.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>How long the platform asks to wait before the same request is sent again; null when it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
