namespace Orkestron.Grains.Endpoints;

// Proven origins are asked again and again, whether a step needs them or not.
internal sealed partial class ProviderEndpointsGrain
{
    private const string Reminder = "proof";

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        // Those that were registered before they were asked again.
        if (Origins.Count > 0)
        {
            WatchOnceAsync().Ignore();
        }

        return Task.CompletedTask;
    }

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        if (Origins.Count == 0)
        {
            if (await this.GetReminder(Reminder) is { } reminder)
            {
                await this.UnregisterReminder(reminder);
            }

            return;
        }

        // One that has never proved itself is not asked: its provider asks for that when it is ready.
        await Task.WhenAll(Origins.Where(static origin => origin.VerifiedAt is not null).ToArray().Select(AskAsync));
        await WatchAsync(Origins.Exists(origin => origin.HasGrace([], Options)) ? Options.ProofRetry : Options.ProofPeriod);
    }

    private async Task WatchOnceAsync()
    {
        await Task.Yield();
        if (await this.GetReminder(Reminder) is null)
        {
            await WatchAsync(Options.ProofPeriod);
        }
    }

    private Task<IGrainReminder> WatchAsync(TimeSpan due) =>
        this.RegisterOrUpdateReminder(Reminder, due, Options.ProofPeriod);
}
