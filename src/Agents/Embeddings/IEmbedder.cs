namespace Orkestron.Agents.Embeddings;

/// <summary>Turns texts into unit vectors whose dot product says how near their meanings are.</summary>
internal interface IEmbedder
{
    /// <summary>One vector of length 1 for each text, in order.</summary>
    /// <param name="texts">Any text; the model reads about the first 1,000 characters of each.</param>
    /// <param name="progress">Called after each batch with the number of texts done.</param>
    /// <param name="cancellationToken">Seen between batches.</param>
    float[][] Embed(IReadOnlyList<string> texts, Action<int>? progress, CancellationToken cancellationToken);
}
