using System.Security.Cryptography;
using System.Text;
using Orkestron.Domain;
using Orkestron.Domain.Tasks;

namespace Orkestron.Grains.Tasks;

/// <summary>The link through which anyone may read a task. Only the hash of its secret is kept.</summary>
internal sealed class TaskSharing(TaskContext context)
{
    private const int MinSecretCharacters = 22;

    /// <summary>Makes a link; one that was made before ends.</summary>
    public async Task<Outcome<TaskView>> ShareAsync(ShareTask command)
    {
        if (!context.IsOwnedBy(command.UserId))
        {
            return TaskContext.NotFound();
        }

        var (now, most) = (context.Now, context.Options.MaxShareAge);
        if (command.Secret.Length < MinSecretCharacters || command.ExpiresAt <= now || command.ExpiresAt > now + most)
        {
            return Refuse.With(
                RefusalCode.Invalid, $"A share link lives at most {most.TotalDays:0} days and needs a secret of 128 bits.");
        }

        await context.AppendAsync([new TaskShared(HashOf(command.Secret), command.ExpiresAt)]);
        return await context.ViewAsync();
    }

    /// <summary>Ends the link, if there is one.</summary>
    public async Task<Outcome<TaskView>> UnshareAsync(Guid userId)
    {
        if (!context.IsOwnedBy(userId))
        {
            return TaskContext.NotFound();
        }

        if (context.Record.Share is not null)
        {
            await context.AppendAsync([new TaskUnshared()]);
        }

        return await context.ViewAsync();
    }

    /// <summary>The task as the link shows it.</summary>
    public async Task<Outcome<TaskView>> GetAsync(string secret) => IsValid(secret)
        ? TaskViews.Shared(await context.ViewAsync())
        : Refuse.With(RefusalCode.ShareNotFound, "The link has expired or was withdrawn. Ask its sender for a new one.");

    private bool IsValid(string secret) => context.Record.Share is { } share
        && share.ExpiresAt > context.Now
        && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(share.SecretHash), Encoding.ASCII.GetBytes(HashOf(secret)));

    private static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
