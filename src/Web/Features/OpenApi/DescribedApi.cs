using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Orkestron.Web.Features.OpenApi;

/// <summary>
/// The description as it is sent. Made once: it is the same for everyone, takes a while to make, and the generator must not be
/// asked by two at once.
/// </summary>
internal sealed class DescribedApi([FromKeyedServices(ApiDescription.Name)] IOpenApiDocumentProvider provider) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1);
    private byte[]? _json;

    /// <summary>The description as UTF-8 JSON, OpenAPI 3.1.</summary>
    public async Task<byte[]> GetAsync(CancellationToken stop)
    {
        if (_json is { } made)
        {
            return made;
        }

        await _gate.WaitAsync(stop);
        try
        {
            return _json ??= await MakeAsync();
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private async Task<byte[]> MakeAsync()
    {
        var document = await provider.GetOpenApiDocumentAsync(CancellationToken.None);
        using var json = new MemoryStream();
        await document.SerializeAsJsonAsync(json, OpenApiSpecVersion.OpenApi3_1, CancellationToken.None);
        return json.ToArray();
    }
}
