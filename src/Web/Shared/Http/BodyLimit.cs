using Microsoft.AspNetCore.Http.Metadata;

namespace Orkestron.Web.Shared.Http;

/// <summary>How large the body of an endpoint that takes a file may be; a little more, so that the refusal names the limit.</summary>
internal sealed class BodyLimit(long fileBytes, long more = BodyLimit.Margin) : IRequestSizeLimitMetadata
{
    private const long Margin = 65_536;

    public long? MaxRequestBodySize { get; } = checked(fileBytes + more);
}
