import { useState } from 'react'
import { Link } from 'wouter'
import { Button, buttonClass } from '#ui/kit/Button.tsx'
import { formatBytes, formatPlural } from '#ui/kit/format.ts'
import { useLonghand } from '#ui/longhand-context.tsx'
import { Banner } from './Banner.tsx'

/** What is wrong with this tab, or its storage, over whatever page is shown; nothing where all is well. */
export function TroubleBanners() {
  return (
    <>
      <OutdatedBanner />
      <DamageBanner />
      <NearlyFullBanner />
      <FollowerBanner />
    </>
  )
}

function OutdatedBanner() {
  const outdated = useLonghand((state) => state.outdated)
  if (!outdated) return null
  return (
    <Banner
      tone="bad"
      actions={
        <Button kind="primary" onClick={() => location.reload()}>
          Reload
        </Button>
      }
    >
      <b className="font-semibold">A newer Longhand is open in another tab.</b> It upgraded the data, so this tab can only read.
    </Banner>
  )
}

function DamageBanner() {
  const count = useLonghand((state) => state.storage.damaged.length)
  const [dismissed, setDismissed] = useState(0)
  if (count === 0 || count === dismissed) return null
  return (
    <Banner
      tone="warn"
      onDismiss={() => setDismissed(count)}
      actions={
        <Link href="/settings/storage" className={buttonClass('outline')}>
          What is damaged
        </Link>
      }
    >
      <b className="font-semibold">
        {formatPlural(count, 'stored row')} did not match {count === 1 ? 'its' : 'their'} checksum.
      </b>{' '}
      Damaged rows are set aside and never shown as truth; everything else is whole.
    </Banner>
  )
}

const nearlyFullShare = 0.95

function NearlyFullBanner() {
  const { usageBytes, quotaBytes } = useLonghand((state) => state.storage)
  const [dismissed, setDismissed] = useState(false)
  if (dismissed || !usageBytes || !quotaBytes || usageBytes < quotaBytes * nearlyFullShare) return null
  return (
    <Banner
      tone="warn"
      onDismiss={() => setDismissed(true)}
      actions={
        <Link href="/models" className={buttonClass('outline')}>
          Make room
        </Link>
      }
    >
      <b className="font-semibold">Storage is nearly full:</b> {formatBytes(usageBytes)} of {formatBytes(quotaBytes)}. Deleting a
      model’s files frees most.
    </Banner>
  )
}

function FollowerBanner() {
  const follower = useLonghand((state) => state.boot.type === 'ready' && state.tab === 'follower')
  const [dismissed, setDismissed] = useState(false)
  if (!follower || dismissed) return null
  return (
    <Banner tone="info" onDismiss={() => setDismissed(true)}>
      Another tab runs the model; it answers for this one.
    </Banner>
  )
}
