namespace Orkestron.Agents.Keywords;

/// <summary>
/// RAKE: runs of words between stop words and marks are candidates; a word weighs by the company it keeps (degree by
/// frequency); a phrase weighs the sum of its words, and more when it is repeated.
/// </summary>
internal static class Keyphrases
{
    private const int MaxWords = 4;
    private const int MaxWordLength = 40;

    public static List<Keyphrase> Find(string text, int count)
    {
        var candidates = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var phrase in Candidates(text))
        {
            var key = string.Join(' ', phrase);
            candidates[key] = candidates.GetValueOrDefault(key) + 1;
        }

        var weights = Weigh(candidates);
        var scored = candidates
            .Select(c => (
                Text: c.Key,
                Score: c.Key.Split(' ').Sum(w => weights[w]) * (1 + Math.Log(c.Value)),
                Count: c.Value))
            .OrderByDescending(c => c.Score)
            .ThenByDescending(c => c.Count)
            .ThenBy(c => c.Text, StringComparer.Ordinal)
            .Take(count)
            .ToList();
        return scored.Select(s => new Keyphrase(s.Text, Math.Round(s.Score / scored[0].Score, 4), s.Count)).ToList();
    }

    private static Dictionary<string, double> Weigh(Dictionary<string, int> candidates)
    {
        var frequency = new Dictionary<string, (int Count, int Degree)>(StringComparer.Ordinal);
        foreach (var (phrase, count) in candidates)
        {
            var words = phrase.Split(' ');
            foreach (var word in words)
            {
                var (seen, degree) = frequency.GetValueOrDefault(word);
                frequency[word] = (seen + count, degree + (count * words.Length));
            }
        }

        return frequency.ToDictionary(f => f.Key, f => (double)f.Value.Degree / f.Value.Count, StringComparer.Ordinal);
    }

    private static IEnumerable<List<string>> Candidates(string text)
    {
        var run = new List<string>();
        var i = 0;
        while (i < text.Length)
        {
            var start = i;
            while (i < text.Length && IsWordPart(text, i, start))
            {
                i++;
            }

            if (i > start)
            {
                var word = WordShapes.One(text[start..i]).ToLowerInvariant();
                if (!IsTopic(word))
                {
                    foreach (var phrase in Cut(run))
                    {
                        yield return phrase;
                    }
                }
                else
                {
                    run.Add(word);
                }

                continue;
            }

            if (text[i] is not (' ' or '\t'))
            {
                foreach (var phrase in Cut(run))
                {
                    yield return phrase;
                }
            }

            i++;
        }

        foreach (var phrase in Cut(run))
        {
            yield return phrase;
        }
    }

    private static bool IsWordPart(string text, int i, int start) =>
        char.IsLetterOrDigit(text[i])
        || (i > start && WordShapes.IsInside(text[i]))
        || (i > start && text[i] is '-' or '\'' or '\u2019' && i + 1 < text.Length && char.IsLetterOrDigit(text[i + 1]));

    private static bool IsTopic(string word) =>
        word.Length is > 1 and <= MaxWordLength && word.Any(char.IsLetter) && !StopWords.Contains(word);

    // A longer run is rarely one phrase; its last words are the noun in English and German.
    private static IEnumerable<List<string>> Cut(List<string> run)
    {
        if (run.Count == 0)
        {
            yield break;
        }

        var phrase = run.Count <= MaxWords ? run.ToList() : run[^MaxWords..];
        run.Clear();
        yield return phrase;
    }
}
