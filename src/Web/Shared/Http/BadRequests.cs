namespace Orkestron.Web.Shared.Http;

/// <summary>Recognises exceptions that a bad request caused, although their types do not say so.</summary>
internal static class BadRequests
{
    /// <summary>The exception as that of a bad request; null for a fault of the server.</summary>
    public static BadHttpRequestException? Of(Exception fault) => fault switch
    {
        BadHttpRequestException bad => bad,
        // From Kestrel, for a chunk whose size overflows.
        IOException { InnerException: OverflowException } => new(
            "The size of a chunk of the body is too large. Send the body with Content-Length, or in chunks of a valid size.", fault),
        // From the form reader, for a form that is incomplete or has too many fields.
        IOException or InvalidDataException when fault.Source?.StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal) == true =>
            new($"The body cannot be read: {fault.Message}", fault),
        _ => null,
    };
}
