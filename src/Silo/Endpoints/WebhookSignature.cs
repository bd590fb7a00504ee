using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Orkestron.Silo.Endpoints;

/// <summary>Signs requests as Standard Webhooks 1.0 says: HMAC-SHA256 over id, timestamp and body. Pure.</summary>
internal static class WebhookSignature
{
    public const string Id = "webhook-id";
    public const string Timestamp = "webhook-timestamp";
    public const string Signature = "webhook-signature";

    /// <summary>One signature per key, separated by spaces: it can be verified with either key.</summary>
    public static string Of(string id, DateTimeOffset at, ReadOnlySpan<byte> body, IEnumerable<byte[]> keys)
    {
        var head = Encoding.UTF8.GetBytes($"{id}.{Seconds(at)}.");
        var signed = new byte[head.Length + body.Length];
        head.CopyTo(signed, 0);
        body.CopyTo(signed.AsSpan(head.Length));
        return string.Join(' ', keys.Select(key => $"v1,{Convert.ToBase64String(HMACSHA256.HashData(key, signed))}"));
    }

    /// <summary>Adds the headers to a request.</summary>
    public static void Put(HttpRequestMessage request, string id, DateTimeOffset at, ReadOnlySpan<byte> body, IEnumerable<byte[]> keys)
    {
        request.Headers.Add(Id, id);
        request.Headers.Add(Timestamp, Seconds(at));
        request.Headers.Add(Signature, Of(id, at, body, keys));
    }

    private static string Seconds(DateTimeOffset at) => at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
}
