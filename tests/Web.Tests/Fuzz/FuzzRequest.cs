using System.Net;
using System.Text;

namespace Orkestron.Web.Tests.Fuzz;

/// <summary>A generated request.</summary>
internal sealed record FuzzRequest(
    int Number, string Method, string Target, (string Name, string Value)[] Headers, byte[]? Body, string? ContentType)
{
    public bool Chunked { get; init; }

    /// <summary>The request for a client that sends it as it is.</summary>
    public HttpRequestMessage Message(Uri node)
    {
        var message = new HttpRequestMessage(new HttpMethod(Method), new Uri(
            node.GetLeftPart(UriPartial.Authority) + Target,
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        foreach (var (name, value) in Headers)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        if (Body is not null)
        {
            message.Content = new ByteArrayContent(Body);
            if (ContentType is not null)
            {
                message.Content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
            }

            foreach (var (name, value) in Headers.Where(static header => header.Name == "Content-Encoding"))
            {
                message.Content.Headers.TryAddWithoutValidation(name, value);
            }

            message.Headers.TransferEncodingChunked = Chunked ? true : null;
        }

        return message;
    }

    public override string ToString()
    {
        var text = new StringBuilder($"{Method} {Target}\n");
        foreach (var (name, value) in Headers)
        {
            text.Append(name)
                .Append(": ")
                .Append(
                    name == "Authorization" && value.StartsWith("Bearer ork_", StringComparison.Ordinal) ? "Bearer (a guest's key)" : value)
                .Append('\n');
        }

        if (Body is not null)
        {
            text.Append("Content-Type: ").Append(ContentType).Append(Chunked ? "\nTransfer-Encoding: chunked" : "").Append("\n\n")
                .Append(WebUtility.UrlEncode(Encoding.Latin1.GetString(Body.AsSpan(0, Math.Min(Body.Length, 1_500)))));
        }

        return text.ToString();
    }
}
