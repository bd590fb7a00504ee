using System.Numerics.Tensors;

namespace Orkestron.Agents.Embeddings;

/// <summary>Arithmetic of unit vectors.</summary>
internal static class Vectors
{
    // Above this two sentences are the same but for a word or a mark.
    private const double SameContent = 0.97;

    /// <summary>The similarity of two unit vectors, -1 to 1.</summary>
    public static double Similarity(float[] left, float[] right) => TensorPrimitives.Dot<float>(left, right);

    /// <summary>The unit vector in the middle of the given ones.</summary>
    public static float[] Centroid(IReadOnlyList<float[]> vectors)
    {
        var sum = new float[vectors[0].Length];
        foreach (var vector in vectors)
        {
            TensorPrimitives.Add(sum, vector, sum);
        }

        var norm = TensorPrimitives.Norm<float>(sum);
        if (norm > 0)
        {
            TensorPrimitives.Divide(sum, norm, sum);
        }

        return sum;
    }

    /// <summary>
    /// Maximal marginal relevance: takes <paramref name="count"/> indexes one after the other, each the most relevant
    /// that repeats least of what is taken. Ties go to the lower index; what says the same as a taken one is left out.
    /// </summary>
    /// <param name="vectors">Unit vectors.</param>
    /// <param name="relevance">For each vector.</param>
    /// <param name="count">How many to take at most.</param>
    /// <param name="lambda">1: relevance alone; 0: difference alone.</param>
    public static List<int> Diverse(
        IReadOnlyList<float[]> vectors, IReadOnlyList<double> relevance, int count, double lambda)
    {
        var taken = new List<int>(count);
        var nearest = new double[vectors.Count];
        while (taken.Count < Math.Min(count, vectors.Count))
        {
            var best = -1;
            var bestScore = double.NegativeInfinity;
            for (var i = 0; i < vectors.Count; i++)
            {
                var score = (lambda * relevance[i]) - ((1 - lambda) * nearest[i]);
                if (score > bestScore && nearest[i] < SameContent)
                {
                    (best, bestScore) = (i, score);
                }
            }

            if (best < 0)
            {
                break;
            }

            taken.Add(best);
            nearest[best] = 1;
            for (var i = 0; i < vectors.Count; i++)
            {
                nearest[i] = Math.Max(nearest[i], Similarity(vectors[i], vectors[best]));
            }
        }

        return taken;
    }
}
