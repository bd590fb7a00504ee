namespace Orkestron.Silo.Endpoints;

/// <summary>Reads response bodies within their limits.</summary>
internal static class AnswerBody
{
    /// <summary>Reads a whole body.</summary>
    /// <exception cref="EndpointFault">It is too large or too slow, or broke off.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadBytesAsync(
        this HttpResponseMessage answer, int maxBytes, TimeSpan timeout, TimeProvider clock, CancellationToken cancellationToken)
    {
        await using var body = new PacedStream(
            await answer.Content.ReadAsStreamAsync(cancellationToken), maxBytes, timeout, byLines: false, clock);
        using var whole = new MemoryStream();
        await body.CopyToAsync(whole, cancellationToken);
        return whole.GetBuffer().AsMemory(0, (int)whole.Length);
    }
}
