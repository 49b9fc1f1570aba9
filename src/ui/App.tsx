import { Suspense } from 'react'
import { Route, Router, Switch } from 'wouter'
import { useHashLocation } from 'wouter/use-hash-location'
import { ChatPage } from '#ui/chat/ChatPage.tsx'
import { MemoryPage, ModelsPage, SettingsPage } from '#ui/shell/pages.tsx'
import { Shell } from '#ui/shell/Shell.tsx'
import './styles.css'

/** The whole user interface, inside a LonghandProvider. */
export function App() {
  return (
    <Router hook={useHashLocation}>
      <Shell>
        <Suspense>
          <Switch>
            <Route path="/memory/*?">
              <MemoryPage />
            </Route>
            <Route path="/models">
              <ModelsPage />
            </Route>
            <Route path="/settings/*?">
              <SettingsPage />
            </Route>
            <Route>
              <ChatPage />
            </Route>
          </Switch>
        </Suspense>
      </Shell>
    </Router>
  )
}
