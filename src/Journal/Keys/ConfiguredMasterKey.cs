namespace Orkestron.Journal.Keys;

/// <summary>The master key as configuration holds it: base64 of 32 bytes.</summary>
internal sealed class ConfiguredMasterKey(string base64) : IMasterKey
{
    public const int Length = 32;

    public ValueTask<byte[]> ReadAsync(bool mayCreate, CancellationToken cancellationToken) => ValueTask.FromResult(Parse(base64));

    public static byte[] Parse(string text)
    {
        var key = new byte[Length];
        return Convert.TryFromBase64String(text.Trim(), key, out var written) && written == Length
            ? key
            : throw new InvalidOperationException(
                $"The master key is not {Length} bytes in base64. Make one: openssl rand -base64 {Length}");
    }
}
