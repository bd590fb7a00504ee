namespace Orkestron.Web.Shared.Http;

/// <summary>Which exceptions are the request's fault though the framework does not say so.</summary>
internal static class BadRequests
{
    /// <summary>The exception as one of a bad request; null for a fault of ours.</summary>
    public static BadHttpRequestException? Of(Exception fault) => fault switch
    {
        BadHttpRequestException bad => bad,
        // Kestrel's, for a chunk whose size does not fit a number.
        IOException { InnerException: OverflowException } => new(
            "The size of a chunk of the body is too large. Send the body with Content-Length, or in chunks of a valid size.", fault),
        // The form reader's, for a form that breaks off or has too many fields.
        IOException or InvalidDataException when fault.Source?.StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal) == true =>
            new($"The body cannot be read: {fault.Message}", fault),
        _ => null,
    };
}
