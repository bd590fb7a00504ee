using Orkestron.Silo.Hosting;
using Orkestron.Web;
using Orkestron.Web.Hosting;

RegexLimit.Set();
try
{
    var app = WebHost.Build(args);
    await using (app.ConfigureAwait(false))
    {
        await app.RunAsync().ConfigureAwait(false);
    }

    return 0;
}
catch (Exception fault) when (StartFaults.Sentence(fault) is { } sentence)
{
    await Console.Error.WriteLineAsync(sentence).ConfigureAwait(false);
    return 1;
}
