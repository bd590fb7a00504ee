using Microsoft.OpenApi;

namespace Orkestron.Web.Features.OpenApi;

/// <summary>Enumerates the parts of a description.</summary>
internal static class DocumentParts
{
    public static IEnumerable<OpenApiOperation> Operations(this OpenApiDocument document) =>
        (document.Paths ?? []).Values.SelectMany(static path => path.Operations?.Values ?? Enumerable.Empty<OpenApiOperation>());
}
