using EquityBot.Bench;

if (args is ["stand-in", var limits])
{
    await BenchStandIn.ServeAsync(limits == "limits");
    return;
}

if (args is ["hello"])
{
    await Listener.HelloAsync();
    return;
}

await Rounds.RunAsync(args);
