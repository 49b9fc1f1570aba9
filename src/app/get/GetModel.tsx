/** The download document: the only page that may talk to the hub, and one that reads none of the user's data. */
export function GetModel() {
  return (
    <main>
      <h1>Get a model</h1>
      <a href="/">Back to the chat</a>
    </main>
  )
}
