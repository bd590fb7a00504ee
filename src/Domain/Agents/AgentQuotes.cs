
namespace Orkestron.Domain.Agents;

/// <summary>
/// The prices of an agent that users were quoted lately. Kept in memory: they protect a run whose request does not name the
/// price that was agreed to. Pure, with the time given.
/// </summary>
/// <param name="most">Users whose quote is kept; beyond it, all that are older than half the age are forgotten, then all.</param>
/// <param name="age">How long a quote counts.</param>
internal sealed class AgentQuotes(int most, TimeSpan age)
{
    private readonly Dictionary<Guid, (AgentPricing Price, DateTimeOffset At)> _quotes = [];

    /// <summary>The user was quoted this price: it counts from now on.</summary>
    public void Add(Guid userId, AgentPricing price, DateTimeOffset now)
    {
        if (_quotes.Count >= most)
        {
            Forget(now - (age / 2));
        }

        if (_quotes.Count >= most)
        {
            _quotes.Clear();
        }

        _quotes[userId] = (price, now);
    }

    /// <summary>The price that the user was quoted before, if it is another one and still counts.</summary>
    public AgentPricing? Before(Guid userId, AgentPricing price, DateTimeOffset now) =>
        _quotes.Count > 0 && _quotes.TryGetValue(userId, out var quote) && now - quote.At < age && quote.Price != price
            ? quote.Price
            : null;

    private void Forget(DateTimeOffset before)
    {
        foreach (var (userId, quote) in _quotes)
        {
            if (quote.At < before)
            {
                _quotes.Remove(userId);
            }
        }
    }
}
