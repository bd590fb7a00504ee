using Microsoft.AspNetCore.Http.Metadata;

namespace Orkestron.Web.Shared.Http;

/// <summary>The body limit of an endpoint that takes a file. It exceeds the file limit a little, so that the refusal can name
/// that.</summary>
internal sealed class BodyLimit(long fileBytes, long more = BodyLimit.Margin) : IRequestSizeLimitMetadata
{
    private const long Margin = 65_536;

    public long? MaxRequestBodySize { get; } = checked(fileBytes + more);
}
