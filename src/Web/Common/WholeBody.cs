namespace Orkestron.Web.Common;

/// <summary>
/// Reads an API request's body to its end before it is parsed. Otherwise the serializer, when it meets wrong JSON, leaves
/// the connection's pipe in the middle of a read, and Kestrel drops the connection after the answer. Bodies are bounded by
/// <see cref="Hosting.WebOptions.MaxBodyBytes"/>.
/// </summary>
internal sealed class WholeBody(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var request = context.Request;
        if (!request.HasJsonContentType() || !Routes.IsMachine(request.Path)
            || context.GetEndpoint()?.Metadata.GetMetadata<RawBody>() is not null)
        {
            await next(context);
            return;
        }

        using var whole = new MemoryStream((int)Math.Clamp(request.ContentLength ?? 0, 0, 65_536));
        await request.Body.CopyToAsync(whole, context.RequestAborted);
        whole.Position = 0;
        request.Body = whole;
        await next(context);
    }
}

/// <summary>Marks an endpoint whose body is content of any size and type, read as it comes.</summary>
internal sealed class RawBody;
