namespace Orkestron.Silo.Endpoints;

/// <summary>An endpoint could not be called, or its response is not allowed. The message is the platform's own.</summary>
internal sealed class EndpointFault(string code, string message, bool retryable) : Exception(message)
{
    /// <summary>Machine-readable code.</summary>
    public string Code { get; } = code;

    /// <summary>Whether a retry may succeed.</summary>
    public bool Retryable { get; } = retryable;
}
