namespace Orkestron.Silo.Endpoints;

/// <summary>An endpoint could not be called, or answered what none may answer. The message is the platform's own.</summary>
internal sealed class EndpointFault(string code, string message, bool retryable) : Exception(message)
{
    /// <summary>For programs and figures.</summary>
    public string Code { get; } = code;

    /// <summary>Whether another try may succeed.</summary>
    public bool Retryable { get; } = retryable;
}
