using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;

namespace Orkestron.Domain.Agents;

/// <summary>Names the content of a manifest. Pure.</summary>
internal static class ManifestDigest
{
    /// <summary>Whether two manifests say the same.</summary>
    public static bool Same(AgentManifest left, AgentManifest right) => Of(left) == Of(right);

    /// <summary>SHA-256 over every field, in hexadecimal.</summary>
    public static string Of(AgentManifest manifest)
    {
        var buffer = new ArrayBufferWriter<byte>(4_096);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (var text in (ReadOnlySpan<string>)[
                manifest.Key, manifest.Version, manifest.Kind, manifest.Title, manifest.Summary, manifest.Country,
                manifest.Transport, .. manifest.Skills])
            {
                json.WriteStringValue(text);
            }

            json.WriteStringValue(manifest.Recipient);
            json.WriteNumberValue(manifest.Price.PerCallMicro);
            json.WriteNumberValue(manifest.Price.PerThousandMicro);
            json.WriteNumberValue(manifest.Price.CallBudgetMicro);
            json.WriteNumberValue(manifest.MaxConcurrency);
            json.WriteNumberValue(manifest.Timeout.Ticks);
            json.WriteNumberValue(manifest.MaxInputBytes);
            json.WriteBase64StringValue(manifest.InputSchema.Utf8);
            json.WriteBase64StringValue(manifest.OutputSchema.Utf8);
            foreach (var example in manifest.Examples)
            {
                json.WriteStringValue(example.Title);
                json.WriteBase64StringValue(example.Input.Utf8);
            }

            if (manifest.Endpoint is { } endpoint)
            {
                json.WriteStringValue(endpoint);
            }

            // Only where there is one: digests of before stay what they are.
            if (manifest.Plan is { } plan)
            {
                json.WriteBase64StringValue(plan.Utf8);
            }

            if (manifest.Price.UsualCallsMicro is { } usual)
            {
                json.WriteNumberValue(usual);
                json.WriteNumberValue(manifest.Price.UsualCallsPerThousandMicro);
            }

            json.WriteEndArray();
        }

        return Convert.ToHexStringLower(SHA256.HashData(buffer.WrittenSpan));
    }
}
