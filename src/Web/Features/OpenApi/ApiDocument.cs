using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Orkestron.Web.Features.OpenApi;

/// <summary>
/// The serialised API description. It is made once, because it is the same for everyone and takes a while, and by one request at
/// a time, because the generator is not thread-safe.
/// </summary>
internal sealed class ApiDocument([FromKeyedServices(ApiDescription.Name)] IOpenApiDocumentProvider provider) : IDisposable
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
